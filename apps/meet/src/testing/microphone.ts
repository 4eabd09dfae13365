import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { Caption, captionTopic } from '@parvis/contract/meet-transcript';

/** Samples per second, and of one frame of 10 ms. */
export const micRate = 48_000;
const micFrameMs = 10;
const micFrameSamples = (micRate * micFrameMs) / 1_000;
/** Samples per second at which a voice is heard. */
export const listenRate = 16_000;

const unixMs = () => performance.timeOrigin + performance.now();

/** Somebody in a room whose microphone lets go of a frame every 10 ms, by the clock, and notes when it did. */
export class Microphone {
  readonly #room = new Room();
  /** Unix ms at which each frame left. */
  readonly #leftAt: number[] = [];
  #open = true;
  #running: Promise<void> | undefined;

  async enter(url: string, token: string): Promise<void> {
    await this.#room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe: false, dynacast: false });
  }

  /** Opens the microphone and speaks from the first sample to the last; then it stays open, and silent. */
  async speak(samples: Int16Array): Promise<void> {
    // Without a queue a frame leaves when it is given; with one it leaves up to a second later.
    const source = new AudioSource(micRate, 1, 0);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    const track = LocalAudioTrack.createAudioTrack('microphone', source);
    await this.#room.localParticipant?.publishTrack(track, options);
    await new Promise<void>((resolve, reject) => {
      this.#running = this.#run(source, samples, resolve);
      this.#running.catch(reject);
    });
  }

  async #run(source: AudioSource, samples: Int16Array, spoken: () => void): Promise<void> {
    const begun = unixMs();
    while (this.#open) {
      const nr = this.#leftAt.length;
      const due = begun + nr * micFrameMs - unixMs();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      const data = new Int16Array(micFrameSamples);
      data.set(samples.subarray(nr * micFrameSamples, (nr + 1) * micFrameSamples));
      this.#leftAt.push(unixMs());
      await source.captureFrame(new AudioFrame(data, micRate, 1, micFrameSamples));
      if ((nr + 1) * micFrameSamples >= samples.length) spoken();
    }
    await source.close();
  }

  /** Unix ms at which a sample left. */
  timeOf(sample: number): number {
    const frame = Math.min(this.#leftAt.length - 1, Math.floor(sample / micFrameSamples));
    return (this.#leftAt[frame] ?? Number.NaN) + ((sample % micFrameSamples) / micRate) * 1_000;
  }

  async leave(): Promise<void> {
    this.#open = false;
    await this.#running?.catch(() => undefined);
    await this.#room.disconnect();
  }
}

/** A caption as somebody in the room got it. */
export interface Shown {
  /** Unix ms. */
  readonly at: number;
  readonly caption: Caption;
}

/** What came of a voice: samples of 16 kHz, one after the other. */
export interface HeardVoice {
  /** Unix ms. */
  readonly startedAt: number;
  readonly samples: Int16Array;
}

/** Somebody in a room who reads the captions, and hears each voice as it comes, with nothing of the house between. */
export class Listener {
  readonly #room = new Room();
  readonly shown: Shown[] = [];
  readonly #heard = new Map<string, { startedAt: number; pieces: Int16Array[] }>();

  async enter(url: string, token: string): Promise<void> {
    this.#room.registerTextStreamHandler(captionTopic, (reader) => {
      void reader
        .readAll()
        .then((text) => this.shown.push({ at: unixMs(), caption: Caption.parse(JSON.parse(text)) }));
    });
    this.#room.on(RoomEvent.TrackSubscribed, (track, _publication, { name }) => {
      void this.#hear(new AudioStream(track, { sampleRate: listenRate, numChannels: 1 }), name ?? '');
    });
    await this.#room.connect(url.replace(/^http/, 'ws'), token, { autoSubscribe: true, dynacast: false });
  }

  async #hear(stream: AudioStream, name: string): Promise<void> {
    for await (const { data } of stream) {
      const lengthMs = (data.length / listenRate) * 1_000;
      const voice = this.#heard.get(name) ?? { startedAt: unixMs() - lengthMs, pieces: [] };
      this.#heard.set(name, voice);
      voice.pieces.push(data);
    }
  }

  /** What came of a voice so far, by its name. */
  voice(name: string): HeardVoice {
    const { startedAt, pieces } = this.#heard.get(name) ?? { startedAt: 0, pieces: [] };
    const samples = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    return { startedAt, samples };
  }

  async leave(): Promise<void> {
    await this.#room.disconnect();
  }
}
