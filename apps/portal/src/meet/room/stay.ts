import { ConnectionState, DisconnectReason, type Room, RoomEvent, Track } from 'livekit-client';
import type { Choice } from '../devices/choice.ts';
import { cameraTrack, cameraWith, microphoneTrack, turnMicrophone } from '../devices/with-effects.ts';
import type { Left } from '../left.ts';

/** Milliseconds between two tries to come back, and for how long they go on. */
const againMs = 2_500;
const againForMs = 120_000;

/** The number of a breakout room, from the name that LiveKit has for it; null in the main room. */
export function breakoutOf({ name }: Room): number | null {
  const nr = Number(name.split('.')[1]);
  return Number.isInteger(nr) && nr > 0 ? nr : null;
}

export interface Admission {
  readonly url: string;
  readonly token: string;
}

/** What is handed over at the door: pictures and sound that are already open. */
export interface Opened {
  readonly camera: MediaStreamTrack | null;
  readonly microphone: MediaStreamTrack | null;
}

function whyOf(reason: DisconnectReason | undefined): Left {
  if (reason === DisconnectReason.PARTICIPANT_REMOVED) return 'removed';
  if (reason === DisconnectReason.ROOM_DELETED) return 'ended';
  if (reason === DisconnectReason.CLIENT_INITIATED) return 'left';
  return 'lost';
}

/** Publishes what the person chose at the door. Devices that are refused do not keep anybody out. */
async function publish(room: Room, choice: Choice, opened: Opened): Promise<void> {
  const mine = room.localParticipant;
  const live = (track: MediaStreamTrack | null) => (track?.readyState === 'live' ? track : null);
  const picture = async () => {
    const ready = live(opened.camera);
    if (ready === null) return mine.setCameraEnabled(true, await cameraWith(choice));
    return mine.publishTrack(await cameraTrack(ready, choice), { source: Track.Source.Camera });
  };
  const sound = async () => {
    const ready = live(opened.microphone);
    if (ready === null) return turnMicrophone(room, choice, true);
    return mine.publishTrack(await microphoneTrack(ready, choice), { source: Track.Source.Microphone });
  };
  const done = await Promise.allSettled([
    choice.camera ? picture() : undefined,
    choice.microphone ? sound() : undefined,
  ]);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** What the stay asks of the page that it is on. */
interface Page {
  /** A new way in after a cut, or back from a breakout room. @throws when the meeting is no longer open to the person */
  readonly again: () => Promise<Admission>;
  readonly onLeft: (why: Left) => void;
  readonly onJoined: () => void;
  readonly onNoDevice: () => void;
}

/** Whether an answer means that there is no way back, and then why. */
function leftFor(error: unknown): Left | null {
  const { code } = error as { code?: string };
  if (code === 'meeting-ended') return 'ended';
  return code === 'not-found' || code === 'not-allowed' || code === 'meeting-removed' ? 'removed' : null;
}

const nothingOpen: Opened = { camera: null, microphone: null };

/**
 * Somebody's stay in a meeting. Short cuts are mended by LiveKit's client; after a long one (its server was killed), and
 * when a breakout room is closed, a new way in is asked for, and what was on is on again.
 */
export class Stay {
  readonly #room: Room;
  readonly #page: Page;
  #wanted: Choice;
  #moving = false;
  #stopped = false;
  /** The room that is open now is a breakout room: its end is not the meeting's. */
  #aside = false;

  constructor(room: Room, choice: Choice, page: Page) {
    this.#room = room;
    this.#wanted = choice;
    this.#page = page;
  }

  /** @param entered the way into the room, already begun */
  start(entered: Promise<void>, opened: Opened): void {
    const remember = () => {
      if (this.#room.state !== 'connected') return;
      const { isCameraEnabled: camera, isMicrophoneEnabled: microphone } = this.#room.localParticipant;
      this.#wanted = { ...this.#wanted, camera, microphone };
    };
    this.#room.on(RoomEvent.LocalTrackPublished, remember);
    this.#room.on(RoomEvent.TrackMuted, remember).on(RoomEvent.TrackUnmuted, remember);
    this.#room.on(RoomEvent.Disconnected, (reason) => {
      if (this.#stopped || this.#moving) return;
      const why = whyOf(reason);
      if (why === 'lost' || (why === 'ended' && this.#aside)) void this.#comeBack();
      else this.#page.onLeft(why);
    });
    this.#enter(entered, opened).catch(() => this.#comeBack());
  }

  stop(): void {
    this.#stopped = true;
    this.#room.removeAllListeners();
    void this.#room.disconnect();
  }

  /** Goes through another door with what is on now. @throws what the door answers; one then stays where one is */
  async move(way: () => Promise<Admission>): Promise<void> {
    const next = await way();
    this.#moving = true;
    try {
      await this.#room.disconnect();
      await this.#enter(this.#connect(next), nothingOpen);
    } catch {
      void this.#comeBack();
    } finally {
      this.#moving = false;
    }
  }

  #connect({ url, token }: Admission): Promise<void> {
    return this.#room.connect(url, token);
  }

  async #enter(entered: Promise<void>, opened: Opened): Promise<void> {
    const room = this.#room;
    await entered;
    // Nobody listened yet when it was cut again.
    if (room.state === ConnectionState.Disconnected) throw new Error('the room was left');
    this.#aside = breakoutOf(room) !== null;
    if (this.#stopped) return;
    this.#page.onJoined();
    if (room.localParticipant.permissions?.canPublish !== false)
      await publish(room, this.#wanted, opened).catch(() => this.#page.onNoDevice());
    await room.startAudio().catch(() => undefined);
  }

  async #comeBack(): Promise<void> {
    const until = Date.now() + againForMs;
    while (!this.#stopped && Date.now() < until) {
      try {
        const way = await this.#page.again();
        if (!this.#stopped) await this.#enter(this.#connect(way), nothingOpen);
        return;
      } catch (error) {
        const why = leftFor(error);
        if (why !== null) return this.#page.onLeft(why);
        await new Promise((done) => setTimeout(done, againMs));
      }
    }
    if (!this.#stopped) this.#page.onLeft('lost');
  }
}
