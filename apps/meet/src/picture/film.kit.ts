import { type Browser, chromium } from 'playwright-core';
import type { Colour } from '../testing/camera.ts';

/** Milliseconds in which a browser without a graphics card finds one moment of a film. */
const seekMsMax = 60_000;

/** What a browser finds in a WebM. */
export interface Film {
  /** As the player tells it. */
  readonly seconds: number;
  readonly width: number;
  /** Of each moment that was asked for, the colours in a net of points over the picture, row by row. */
  readonly moments: readonly (readonly Colour[])[];
}

/** A Chromium in which films are looked at. */
export const openViewer = (program: string): Promise<Browser> =>
  chromium.launch({
    executablePath: program,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  });

/** Plays a film, and looks at it at these seconds, in a net of so many columns and rows. */
export async function look(
  browser: Browser,
  bytes: Buffer,
  { seconds, columns, rows }: { seconds: readonly number[]; columns: number; rows: number },
): Promise<Film> {
  const page = await browser.newPage();
  try {
    page.setDefaultTimeout(seekMsMax * (seconds.length + 1));
    return await page.evaluate(
      async ({ base64, at, net }) => {
        const data = await (await fetch(`data:video/webm;base64,${base64}`)).blob();
        const video = document.createElement('video');
        const ready = new Promise((resolve, reject) => {
          video.addEventListener('loadeddata', resolve, { once: true });
          video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
        });
        video.muted = true;
        video.src = URL.createObjectURL(data);
        await ready;
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
        const context = canvas.getContext('2d');
        const moments: Colour[][] = [];
        for (const second of at) {
          const there = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
          video.currentTime = second;
          await there;
          context?.drawImage(video, 0, 0);
          const moment: Colour[] = [];
          for (let row = 0; row < net.rows; row += 1)
            for (let column = 0; column < net.columns; column += 1) {
              const x = ((column + 0.5) * canvas.width) / net.columns;
              const y = ((row + 0.5) * canvas.height) / net.rows;
              const found = context?.getImageData(Math.floor(x), Math.floor(y), 1, 1).data;
              moment.push([found?.[0] ?? 0, found?.[1] ?? 0, found?.[2] ?? 0]);
            }
          moments.push(moment);
        }
        return { seconds: video.duration, width: video.videoWidth, moments };
      },
      { base64: bytes.toString('base64'), at: [...seconds], net: { columns, rows } },
    );
  } finally {
    await page.close();
  }
}
