import { BackgroundProcessor, supportsBackgroundProcessors } from '@livekit/track-processors';
import type { Background } from './choice.ts';
import { modelPath } from './models.ts';

/** Pixels of a scene; the picture of the camera is laid over it. */
const scene = { width: 1280, height: 720 };
const blurs = { blur: 8, strong: 22 } as const;

/** What stands behind somebody: drawn here, so that no picture has to be fetched. Colours from top to bottom, and lights. */
const scenes = {
  hall: { sky: ['#e9e2d6', '#c9b99f', '#8d7c66'], lights: ['#fff7e4', '#f5e3c1'] },
  garden: { sky: ['#d7e6df', '#8fb59b', '#41664f'], lights: ['#eef7e9', '#b9d8ae'] },
  night: { sky: ['#1b2140', '#3a3467', '#c06b53'], lights: ['#f0c08a', '#7f86c8'] },
} as const;

/** A soft scene as a data address: three bands of colour and round lights, always the same. */
function drawn(name: keyof typeof scenes): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, scene);
  const pen = canvas.getContext('2d');
  if (pen === null) return '';
  const { sky, lights } = scenes[name];
  const bands = pen.createLinearGradient(0, 0, 0, scene.height);
  sky.forEach((colour, at) => bands.addColorStop(at / (sky.length - 1), colour));
  pen.fillStyle = bands;
  pen.fillRect(0, 0, scene.width, scene.height);
  for (let at = 0; at < 9; at += 1) {
    const [x, y] = [((at * 211) % 1280) + 40, ((at * 137) % 460) + 60];
    const radius = 60 + ((at * 53) % 120);
    const glow = pen.createRadialGradient(x, y, 0, x, y, radius);
    glow.addColorStop(0, `${lights[at % 2]}88`);
    glow.addColorStop(1, `${lights[at % 2]}00`);
    pen.fillStyle = glow;
    pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  }
  return canvas.toDataURL('image/jpeg', 0.85);
}

/**
 * What changes the background of a camera on this machine, or undefined when it stays as it is.
 * @throws when this browser cannot
 */
export function backgroundOf(background: Background) {
  if (background === 'none') return undefined;
  if (!supportsBackgroundProcessors()) throw new Error('this browser cannot change backgrounds');
  const common = {
    assetPaths: {
      tasksVisionFileSet: modelPath('vision'),
      modelAssetPath: modelPath('vision/selfie.tflite'),
    },
    // Small enough for one processor core; a software renderer would take seconds for each picture.
    segmenterOptions: { delegate: 'CPU' as const },
  };
  return background === 'blur' || background === 'strong'
    ? BackgroundProcessor({ mode: 'background-blur', blurRadius: blurs[background], ...common })
    : BackgroundProcessor({ mode: 'virtual-background', imagePath: drawn(background), ...common });
}
