#!/usr/bin/env node
/**
 * Lays what works on pictures and sound in the browser beside the scripts of the portal, so that it comes from our own
 * origin: MediaPipe's segmenter (Apache-2.0) with its model of a person before a background, and RNNoise (BSD-3-Clause,
 * packaged by web-noise-suppressor, MIT). Part of the portal's build.
 *
 * The model src/meet/devices/model/selfie.tflite is selfie_segmentation_landscape.tflite of the package
 * @mediapipe/selfie_segmentation 0.1.1675465747 (Google, Apache-2.0); the tasks library wants to be told how pictures are
 * put into it, so a description was added (pixels from 0 to 1: mean 0, deviation 255). Its weights are unchanged.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const target = fileURLToPath(new URL('./.next/static/models/', import.meta.url));
/** The one that the processors of pictures were made for. */
const ofProcessors = createRequire(resolve('@livekit/track-processors'));
const vision = join(dirname(ofProcessors.resolve('@mediapipe/tasks-vision')), 'wasm');
const files = {
  'vision/vision_wasm_internal.js': join(vision, 'vision_wasm_internal.js'),
  'vision/vision_wasm_internal.wasm': join(vision, 'vision_wasm_internal.wasm'),
  'vision/vision_wasm_nosimd_internal.js': join(vision, 'vision_wasm_nosimd_internal.js'),
  'vision/vision_wasm_nosimd_internal.wasm': join(vision, 'vision_wasm_nosimd_internal.wasm'),
  'vision/selfie.tflite': fileURLToPath(new URL('./src/meet/devices/model/selfie.tflite', import.meta.url)),
  'sound/rnnoise.js': resolve('@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js'),
  'sound/rnnoise.wasm': resolve('@sapphi-red/web-noise-suppressor/rnnoise.wasm'),
  'sound/rnnoise_simd.wasm': resolve('@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm'),
};
for (const [name, source] of Object.entries(files)) {
  mkdirSync(dirname(join(target, name)), { recursive: true });
  cpSync(source, join(target, name));
}
