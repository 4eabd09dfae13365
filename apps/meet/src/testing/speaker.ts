import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { joinMeeting } from '@parvis/contract/meet';
import { Caption, captionTopic } from '@parvis/contract/meet-transcript';
import type { Visitor } from '@parvis/testing/house';

const rate = 48_000;
const frameMs = 20;

/** Somebody in a meeting with a microphone, who speaks samples and reads the captions. */
export class Speaker {
  readonly identity: string;
  /** Every caption that came, in order. */
  readonly captions: Caption[] = [];
  readonly #room: Room;
  readonly #source: AudioSource;
  #speaking = true;
  #queue: Int16Array = new Int16Array(0);
  readonly #loop: Promise<void>;

  private constructor(identity: string, room: Room, source: AudioSource) {
    this.identity = identity;
    this.#room = room;
    this.#source = source;
    this.#loop = this.#speak();
  }

  /** @param key of an end-to-end encrypted microphone */
  static async join(visitor: Visitor, meetingId: string, mediaUrl: string, key?: string): Promise<Speaker> {
    const { token, identity } = await visitor.call(joinMeeting, { id: meetingId });
    const room = new Room();
    const captions: Caption[] = [];
    room.registerTextStreamHandler(captionTopic, (reader) => {
      void reader.readAll().then((text) => captions.push(Caption.parse(JSON.parse(text))));
    });
    await room.connect(mediaUrl.replace(/^http/, 'ws'), token, {
      autoSubscribe: false,
      dynacast: false,
      ...(key === undefined
        ? {}
        : { encryption: { keyProviderOptions: { sharedKey: new TextEncoder().encode(key) } } }),
    } as Parameters<Room['connect']>[2]);
    const source = new AudioSource(rate, 1);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    await room.localParticipant?.publishTrack(
      LocalAudioTrack.createAudioTrack('microphone', source),
      options,
    );
    const speaker = new Speaker(identity, room, source);
    speaker.captions.push(...captions.splice(0));
    captions.push = (...more) => speaker.captions.push(...more);
    return speaker;
  }

  get metadata(): string {
    return this.#room.metadata ?? '';
  }

  /** Says samples of 48 kHz after what is being said; a microphone is never still, it sends silence. */
  say(samples: Int16Array): void {
    const all = new Int16Array(this.#queue.length + samples.length);
    all.set(this.#queue);
    all.set(samples, this.#queue.length);
    this.#queue = all;
  }

  /** Resolves when everything was said. */
  async said(): Promise<void> {
    while (this.#queue.length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async #speak(): Promise<void> {
    const size = (rate * frameMs) / 1_000;
    while (this.#speaking) {
      const data = new Int16Array(size);
      data.set(this.#queue.subarray(0, size));
      this.#queue = this.#queue.slice(size);
      await this.#source.captureFrame(new AudioFrame(data, rate, 1, size)).catch(() => {
        this.#speaking = false;
      });
    }
  }

  async leave(): Promise<void> {
    this.#speaking = false;
    await this.#loop;
    await this.#source.close().catch(() => undefined);
    await this.#room.disconnect();
  }
}

/** A hum of that many hertz, for so many milliseconds, at 48 kHz. */
export function hum(hertz: number, ms: number): Int16Array {
  return Int16Array.from({ length: (rate * ms) / 1_000 }, (_, at) =>
    Math.round(Math.sin((at / rate) * 2 * Math.PI * hertz) * 9_000),
  );
}
