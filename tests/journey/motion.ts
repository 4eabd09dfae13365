import type { Locator } from 'playwright-core';

/** What a video has shown so far, and a small print of the picture it shows now. */
export interface Motion {
  readonly frames: number;
  readonly width: number;
  readonly picture: string;
}

const printPixels = 24;

export function motionOf(video: Locator): Promise<Motion> {
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
