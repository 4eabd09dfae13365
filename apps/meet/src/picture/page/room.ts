import {
  type Participant,
  type RemoteParticipant,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import { placesOf, type Size } from './grid.ts';
import type { Tile } from './tile.ts';

/** Milliseconds between two attempts to come into the room. */
const againMs = 2_000;

/** The room as the page sees it: of those who agreed what they show, of everybody else a name. */
export class Seen {
  readonly #way: () => Promise<{ url: string; token: string }>;
  readonly #room = new Room({ adaptiveStream: false, dynacast: false });
  readonly #shown = new Map<string, HTMLVideoElement>();
  #agreed: ReadonlySet<string> = new Set();

  constructor(way: () => Promise<{ url: string; token: string }>) {
    this.#way = way;
    this.#room.on(RoomEvent.TrackSubscribed, (track, publication) => {
      if (track.kind !== Track.Kind.Video) return;
      const element = track.attach() as HTMLVideoElement;
      element.muted = true;
      document.body.append(element);
      this.#shown.set(publication.trackSid, element);
    });
    this.#room.on(RoomEvent.TrackUnsubscribed, (track, { trackSid }) => {
      for (const element of track.detach()) element.remove();
      this.#shown.delete(trackSid);
    });
    this.#room.on(RoomEvent.Disconnected, () => void this.enter());
  }

  /** Comes in, and again whenever it was put out, for as long as the page lives. */
  async enter(): Promise<void> {
    for (;;) {
      try {
        const { url, token } = await this.#way();
        await this.#room.connect(url, token, { autoSubscribe: false });
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, againMs));
      }
    }
  }

  /** Takes what those who agree show, and lets go of everything else at once. */
  follow(agreed: readonly string[], size: Size): void {
    this.#agreed = new Set(agreed);
    const tiles = this.tiles();
    const places = placesOf(tiles, size);
    const sizes = new Map(tiles.map(({ sid }, nr) => [sid, places[nr]]));
    for (const one of this.#room.remoteParticipants.values())
      for (const publication of one.trackPublications.values()) {
        if (publication.kind !== Track.Kind.Video) continue;
        // Without the key an encrypted picture is none.
        const wanted = this.#agrees(one) && !publication.isEncrypted;
        if (publication.isDesired !== wanted) publication.setSubscribed(wanted);
        const place = sizes.get(publication.trackSid);
        if (wanted && place) publication.setVideoDimensions({ width: place.width, height: place.height });
      }
  }

  /** Who and what is to be drawn, screens first, then people in the order in which they came. */
  tiles(): Tile[] {
    const people = [...this.#room.remoteParticipants.values()]
      .filter(({ attributes }) => attributes.kind !== 'bot')
      .toSorted((a, b) => (a.joinedAt?.getTime() ?? 0) - (b.joinedAt?.getTime() ?? 0));
    const screens = people.flatMap((one) => {
      const publication = one.getTrackPublication(Track.Source.ScreenShare);
      return publication && this.#agrees(one) ? [this.#tile(one, publication, true)] : [];
    });
    const faces = people.map((one) => this.#tile(one, one.getTrackPublication(Track.Source.Camera), false));
    return [...screens, ...faces];
  }

  #tile(one: RemoteParticipant, publication: RemoteTrackPublication | undefined, screen: boolean): Tile {
    const agrees = this.#agrees(one);
    const video =
      agrees && publication && !publication.isMuted ? this.#shown.get(publication.trackSid) : undefined;
    return {
      sid: publication?.trackSid ?? '',
      name: one.name || '',
      agrees,
      screen,
      speaks: agrees && one.isSpeaking && !screen,
      video: video ?? null,
    };
  }

  #agrees({ attributes, identity }: Participant): boolean {
    return this.#agreed.has(attributes.id || identity);
  }
}
