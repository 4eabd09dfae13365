import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { conversionMsMax } from '@parvis/contract/limits';
import { SETTINGS, type ServiceSettings } from '@parvis/server/service';
import type { settings } from '../service.ts';
import { BadFile } from './paper.ts';

/**
 * Prints pages with a Chromium, as tagged PDF with an outline. The page's own policy forbids every script and every
 * address; the program resolves no name besides. (Its own switch against scripts also keeps it from printing.)
 */
@Injectable()
export class PdfPrinter {
  readonly #program: string | undefined;

  constructor(@Inject(SETTINGS) given: ServiceSettings<typeof settings>) {
    this.#program = given.chromium;
  }

  get isOn(): boolean {
    return this.#program !== undefined;
  }

  /** @throws BadFile `pdf-off`, `conversion-too-slow`; Error when the program fails */
  async print(html: Uint8Array): Promise<Uint8Array> {
    if (this.#program === undefined) throw new BadFile('pdf-off');
    const folder = await mkdtemp(join(tmpdir(), 'parvis-pdf-'));
    try {
      const page = join(folder, 'page.html');
      const made = join(folder, 'made.pdf');
      await writeFile(page, html);
      await this.#run(this.#program, [
        '--headless',
        '--disable-gpu',
        '--no-first-run',
        '--disable-extensions',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        '--no-pdf-header-footer',
        '--export-tagged-pdf',
        '--generate-pdf-document-outline',
        `--user-data-dir=${join(folder, 'profile')}`,
        // Chromium refuses to run as root with its sandbox, which is how containers often run.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--print-to-pdf=${made}`,
        `file://${page}`,
      ]);
      return await readFile(made);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }

  #run(program: string, args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      // A group of its own, so that all of its processes can be ended.
      const child = spawn(program, args, { stdio: 'ignore', detached: true });
      const end = () => {
        try {
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        } catch {
          // It is gone already.
        }
      };
      const late = setTimeout(() => {
        end();
        reject(new BadFile('conversion-too-slow'));
      }, conversionMsMax);
      child.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      child.once('exit', (code) => {
        clearTimeout(late);
        end();
        if (code === 0) resolve();
        else reject(new Error(`Chromium ended with ${code}`));
      });
    });
  }
}
