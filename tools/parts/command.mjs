import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { chooseNode } from './node24.mjs';
import { endPrograms, whenParentEnds } from './processes.mjs';
import { Progress } from './progress.mjs';
import { sentenceOf } from './stop.mjs';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const interruptedCode = 130;

/** What happens when the command is asked to end: by a signal, or because its parent is gone. */
class Ending {
  #times = 0;
  /** Replaced by whoever has more to end than programs. */
  act = () => {
    endPrograms();
    process.exit(interruptedCode);
  };

  constructor({ inner, stay }) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => this.#tell(signal));
    if (inner) {
      process.once('disconnect', () => this.#tell('the launcher has ended'));
      process.channel?.unref();
    } else if (!stay) {
      whenParentEnds(() => this.#tell('the parent process has ended'));
    }
  }

  #tell(reason) {
    this.#times += 1;
    this.act(reason, this.#times);
  }
}

/**
 * Runs a command: installs what is missing, goes on under the pinned Node, and turns errors into one clear sentence.
 * `act` gets `{ root, argv, progress, onEnd }` and returns the exit code. `onEnd(callback)` is told `(reason, times)`
 * when the command is asked to end; without it the command ends at once, and the programs it has started with it.
 */
export async function command(entry, act) {
  const inner = process.env.PARVIS_INNER === '1' && Boolean(process.send);
  const startedAt = inner ? Number(process.env.PARVIS_STARTED_AT) : Math.round(performance.timeOrigin);
  // What we start must not take itself for us.
  delete process.env.PARVIS_INNER;
  delete process.env.PARVIS_STARTED_AT;
  const argv = process.argv.slice(2);
  const ending = new Ending({ inner, stay: argv.includes('--stay') });
  const progress = new Progress({ startedAt });
  try {
    if (!inner && !argv.includes('--help')) {
      await install({ root, progress });
      const node = chooseNode(root, progress);
      if (node !== process.execPath) return goOnUnder(node, entry, startedAt, ending);
    }
    const onEnd = (callback) => {
      ending.act = callback;
    };
    const code = await act({ root, argv, progress, onEnd });
    process.exit(code ?? 0);
  } catch (error) {
    const sentence = sentenceOf(error);
    process.stderr.write(`\n${sentence ?? error?.stack ?? error}\n`);
    process.exit(error?.exitCode ?? 1);
  }
}

/** Continues in a child under another Node. It has its own process group: Ctrl-C reaches it once, through us. */
function goOnUnder(node, entry, startedAt, ending) {
  const child = spawn(node, [fileURLToPath(entry), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
    env: { ...process.env, PARVIS_INNER: '1', PARVIS_STARTED_AT: String(startedAt) },
  });
  ending.act = (reason) => child.kill(reason.startsWith('SIG') ? reason : 'SIGTERM');
  child.once('error', (error) => {
    process.stderr.write(
      `Node 24 could not be started (${error.message}). Delete node_modules and run the command again.\n`,
    );
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? interruptedCode : 143)));
  return new Promise(() => {});
}
