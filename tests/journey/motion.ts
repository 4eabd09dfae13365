import type { Locator } from 'playwright-core';
import { eventually } from './eventually.ts';

/** What a video has shown so far, and a small print of the picture it shows now. */
interface Motion {
  readonly frames: number;
  readonly width: number;
  readonly picture: string;
}

const printPixels = 24;
const framesMin = 20;
const moveMsMax = 60_000;

function motionOf(video: Locator): Promise<Motion> {
  return video.evaluate((node, size) => {
    const element = node as HTMLVideoElement;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const drawing = canvas.getContext('2d');
    drawing?.drawImage(element, 0, 0, size, size);
    return {
      frames: element.getVideoPlaybackQuality().totalVideoFrames,
      width: element.videoWidth,
      picture: [...(drawing?.getImageData(0, 0, size, size).data ?? [])].join(),
    };
  }, printPixels);
}

/** Waits until a video has shown a good many more frames, of a picture that is not the one it showed first. */
export async function moves(video: Locator, whose: string): Promise<void> {
  const first = await motionOf(video);
  await eventually(
    `the picture of ${whose} moves`,
    async () => {
      const now = await motionOf(video);
      return now.frames >= first.frames + framesMin && now.width > 0 && now.picture !== first.picture;
    },
    { msMax: moveMsMax },
  );
}
