import type { MeetingEntry } from '@parvis/contract/meet';
import { RoomNotice, RoomState } from '@parvis/contract/meet-room';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type RemoteParticipant,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';

const sampleRate = 48_000;
/** Times that somebody tries to come in. */
const attemptsMax = 3;
/** Samples of 10 ms. */
const frameSamples = sampleRate / 100;

/** Somebody in a room of the media server, as a browser would be, for tests. */
export class InRoom {
  readonly room = new Room();
  readonly notices: RoomNotice[] = [];
  readonly #ended: { reason: number | undefined }[] = [];
  #speaking: NodeJS.Timeout | undefined;

  private constructor() {
    this.room.on(RoomEvent.DataReceived, (data) => {
      this.notices.push(RoomNotice.parse(JSON.parse(new TextDecoder().decode(data))));
    });
    this.room.on(RoomEvent.Disconnected, (reason) => this.#ended.push({ reason }));
  }

  /**
   * Comes in with what the service gave. On a busy machine the first word with the media server may take too long: then
   * it is said again.
   */
  static async enter(url: string, entry: Pick<MeetingEntry, 'token'>): Promise<InRoom> {
    for (let attempt = 1; ; attempt += 1) {
      const one = new InRoom();
      try {
        const address = url.replace(/^http/, 'ws');
        await one.room.connect(address, entry.token, { autoSubscribe: true, dynacast: false });
        return one;
      } catch (error) {
        if (attempt >= attemptsMax) throw error;
      }
    }
  }

  get identity(): string {
    return this.room.localParticipant?.identity ?? '';
  }

  /** Whether the media server has put them out, or they have left. */
  get out(): boolean {
    return this.#ended.length > 0;
  }

  /** Tracks of others that come in. */
  get subscribed(): number {
    return [...this.room.remoteParticipants.values()]
      .flatMap((other) => [...other.trackPublications.values()])
      .filter(({ subscribed }) => subscribed).length;
  }

  /** What the room says of itself. */
  get state(): RoomState {
    return RoomState.parse(JSON.parse(this.room.metadata ?? '{}'));
  }

  /** What others know of somebody, by the start of their identity. */
  other(who: string): RemoteParticipant | undefined {
    return [...this.room.remoteParticipants.values()].find(({ identity }) => identity.includes(who));
  }

  /** What others know of me. */
  get attributes(): Record<string, string> {
    return this.room.localParticipant?.attributes ?? {};
  }

  /** Opens a microphone into which a tone is spoken. @throws when the room does not allow it */
  async speak(): Promise<void> {
    const source = new AudioSource(sampleRate, 1);
    const track = LocalAudioTrack.createAudioTrack('microphone', source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    await this.room.localParticipant?.publishTrack(track, options);
    const samples = new Int16Array(frameSamples).map((_, at) =>
      Math.round(8_000 * Math.sin((2 * Math.PI * 440 * at) / sampleRate)),
    );
    this.#speaking = setInterval(() => {
      void source.captureFrame(new AudioFrame(samples, sampleRate, 1, frameSamples)).catch(() => undefined);
    }, 10);
  }

  async leave(): Promise<void> {
    clearInterval(this.#speaking);
    await this.room.disconnect();
  }
}
