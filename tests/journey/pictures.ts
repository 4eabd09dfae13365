import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { given } from './given.ts';
import { settled } from './look.ts';

const looks = [
  [1440, false],
  [1440, true],
  [360, false],
  [360, true],
] as const;

/** Takes a picture of the page as it is, once nothing moves; the file bears the name, the language, the look and the width. */
export type Take = (name: string) => Promise<void>;

/** A computer and a phone, by day and by night: `show` brings the page to what is to be seen, and takes it. */
export async function inEveryLook(
  page: Page,
  { area, locale }: { area: string; locale: string },
  show: (take: Take) => Promise<void>,
): Promise<void> {
  const folder = join(given.screensFolder, area);
  mkdirSync(folder, { recursive: true });
  for (const [width, dark] of looks) {
    const look = dark ? 'dark' : 'light';
    await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
    await page.emulateMedia({ colorScheme: look });
    await show(async (name) => {
      await settled(page);
      await page.screenshot({ path: join(folder, `${name}-${locale}-${look}-${width}.png`) });
    });
  }
}
