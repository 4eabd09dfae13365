import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import type { AudioProcessorOptions, Track, TrackProcessor } from 'livekit-client';
import { modelPath } from './models.ts';

/** Samples per second that the noise filter was trained on. */
const rate = 48_000;

/** Takes noise out of a microphone's sound on this machine (RNNoise), as a processor of LiveKit's tracks. */
export class QuietProcessor implements TrackProcessor<Track.Kind.Audio, AudioProcessorOptions> {
  readonly name = 'quiet';
  processedTrack?: MediaStreamTrack;
  #context: AudioContext | undefined;
  #filter: RnnoiseWorkletNode | undefined;

  /** @throws when the browser has no worklets, or the filter cannot be fetched */
  async init({ track }: { track: MediaStreamTrack }): Promise<void> {
    const context = new AudioContext({ sampleRate: rate });
    this.#context = context;
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: modelPath('sound/rnnoise.wasm'), simdUrl: modelPath('sound/rnnoise_simd.wasm') }),
      context.audioWorklet.addModule(modelPath('sound/rnnoise.js')),
    ]);
    this.#filter = new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary });
    const end = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    context
      .createMediaStreamSource(new MediaStream([track]))
      .connect(this.#filter)
      .connect(end);
    const [processed] = end.stream.getAudioTracks();
    if (processed !== undefined) this.processedTrack = processed;
  }

  async restart(options: { track: MediaStreamTrack }): Promise<void> {
    await this.destroy();
    await this.init(options);
  }

  async destroy(): Promise<void> {
    this.#filter?.destroy();
    this.processedTrack?.stop();
    await this.#context?.close().catch(() => undefined);
    this.#context = undefined;
  }
}
