import { Inject, Injectable } from '@nestjs/common';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { MeetingSource } from '@parvis/contract/meet-room';
import {
  AccessToken,
  DataPacket_Kind,
  type ParticipantInfo,
  RoomServiceClient,
  TrackSource,
  type WebhookEvent,
  WebhookReceiver,
} from 'livekit-server-sdk';
import type { settings } from './settings.ts';

/** Seconds in which a token may be used to come in; who is in stays in. */
export const tokenSeconds = 300;
/** Seconds a room that nobody came into is kept by LiveKit: longer than the tokens for it. */
const emptyRoomSeconds = tokenSeconds + 60;
/** Seconds a room is kept that the last one left: people come back from a cut, or from the rooms beside it. */
const leftRoomSeconds = 600;
/** Milliseconds LiveKit may take to answer before it counts as absent. */
const answerMsMax = 3_000;
/** Hidden bots of the house that a room takes besides the people. */
const botsMax = 4;

/** What somebody may send, and what others may know of them. */
export interface Standing {
  /** `{"id": uid, "kind": "guest", "role": "participant", …}`; an empty text takes an attribute away. */
  readonly attributes: Record<string, string>;
  readonly sources: readonly MeetingSource[];
}

export interface Admitted extends Standing {
  readonly room: string;
  readonly identity: string;
  readonly name: string;
}

/** Somebody in a room now. */
export interface Present {
  readonly room: string;
  readonly identity: string;
}

/** A room that is open now. */
export interface OpenRoom {
  readonly name: string;
  readonly metadata: string;
  readonly people: number;
}

const sourcesOf: Record<MeetingSource, TrackSource[]> = {
  camera: [TrackSource.CAMERA],
  microphone: [TrackSource.MICROPHONE],
  screen: [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO],
};

/** LiveKit takes an empty list for "everything". */
function publishing(sources: readonly MeetingSource[]) {
  return { canPublish: sources.length > 0, canPublishSources: sources.flatMap((one) => sourcesOf[one]) };
}

/** Which of our sources a track is, or null. */
export function sourceOf(track: TrackSource): MeetingSource | null {
  const found = Object.entries(sourcesOf).find(([, tracks]) => tracks.includes(track));
  return (found?.[0] as MeetingSource | undefined) ?? null;
}

/** The media server, behind the few questions that meetings ask of it. Media itself never passes through Parvis. */
@Injectable()
export class LiveKit {
  readonly #url: string | undefined;
  readonly #key: string | undefined;
  readonly #secret: string | undefined;
  readonly #rooms: RoomServiceClient | null;
  readonly #webhooks: WebhookReceiver | null;

  constructor(@Inject(SETTINGS) set: ServiceSettings<typeof settings>) {
    this.#url = set.livekitUrl;
    this.#key = set.livekitApiKey;
    this.#secret = set.livekitApiSecret;
    const ready = this.#url && this.#key && this.#secret;
    this.#rooms = ready
      ? new RoomServiceClient(this.#url as string, this.#key, this.#secret, {
          requestTimeout: answerMsMax / 1000,
        })
      : null;
    this.#webhooks = ready ? new WebhookReceiver(this.#key as string, this.#secret as string) : null;
  }

  /** `off`: not set; `preparing`: set but not answering (yet); `ready`. */
  async state(): Promise<'ready' | 'preparing' | 'off'> {
    if (this.#rooms === null) return 'off';
    const answer = await fetch(this.#url as string, { signal: AbortSignal.timeout(answerMsMax) }).catch(
      () => null,
    );
    return answer?.ok ? 'ready' : 'preparing';
  }

  get #server(): RoomServiceClient {
    if (this.#rooms === null) throw Refused.unavailable('meetings-off');
    return this.#rooms;
  }

  /**
   * Opens the room (again, without harm) for at most `peopleMax`. A room that is open keeps what it says of itself.
   * @throws Refused `meetings-off`
   */
  async openRoom(room: string, peopleMax: number, metadata: string): Promise<void> {
    await this.#server
      .createRoom({
        name: room,
        emptyTimeout: emptyRoomSeconds,
        departureTimeout: leftRoomSeconds,
        maxParticipants: peopleMax + botsMax,
        metadata,
      })
      .catch(() => {
        throw Refused.unavailable('meetings-off');
      });
  }

  /** The rooms that are open now, of these names if any are given; null when LiveKit does not answer. */
  async openRooms(names?: string[]): Promise<OpenRoom[] | null> {
    if (this.#rooms === null) return null;
    const rooms = await this.#rooms.listRooms(names).catch(() => null);
    return (
      rooms?.map(({ name, metadata, numParticipants }) => ({ name, metadata, people: numParticipants })) ??
      null
    );
  }

  /** Who is in the room now; null when LiveKit does not answer, empty when the room is not open. */
  async inRoom(room: string): Promise<ParticipantInfo[] | null> {
    if (this.#rooms === null) return null;
    try {
      return await this.#rooms.listParticipants(room);
    } catch (error) {
      return isNotFound(error) ? [] : null;
    }
  }

  /** Everybody in every room now; nobody when LiveKit does not answer, for then nobody is in a meeting through it. */
  async everybody(): Promise<Present[]> {
    const rooms = (await this.openRooms()) ?? [];
    const inside = await Promise.all(
      rooms.map(async ({ name }) => ({ name, people: await this.inRoom(name) })),
    );
    return inside.flatMap(({ name, people }) =>
      (people ?? []).map(({ identity }) => ({ room: name, identity })),
    );
  }

  /** Takes somebody out. Not being there any more is as good. */
  async remove(room: string, identity: string): Promise<void> {
    await gone(this.#rooms?.removeParticipant(room, identity));
  }

  async closeRoom(room: string): Promise<void> {
    await gone(this.#rooms?.deleteRoom(room));
  }

  /** Writes what everybody in the room is told of it. */
  async describe(room: string, metadata: string): Promise<void> {
    await gone(this.#rooms?.updateRoomMetadata(room, metadata));
  }

  /** Changes, while they are in it, what somebody may send and what others know of them. */
  async place(room: string, identity: string, { attributes, sources }: Standing): Promise<void> {
    await gone(
      this.#rooms?.updateParticipant(room, identity, {
        attributes,
        permission: {
          ...publishing(sources),
          canSubscribe: true,
          canPublishData: false,
          canUpdateMetadata: false,
        },
      }),
    );
  }

  async mute(room: string, identity: string, trackSid: string): Promise<void> {
    await gone(this.#rooms?.mutePublishedTrack(room, identity, trackSid, true));
  }

  /** Says something to a room, or to some in it. Whoever is not there does not hear it. */
  async say(room: string, topic: string, notice: unknown, identities: string[] = []): Promise<void> {
    const data = new TextEncoder().encode(JSON.stringify(notice));
    await gone(
      this.#rooms?.sendData(room, data, DataPacket_Kind.RELIABLE, {
        topic,
        destinationIdentities: identities,
      }),
    );
  }

  /** A token for one person and one room, to be used within {@link tokenSeconds}. */
  async token({ room, identity, name, attributes, sources }: Admitted): Promise<string> {
    if (!this.#key || !this.#secret) throw Refused.unavailable('meetings-off');
    const token = new AccessToken(this.#key, this.#secret, { identity, name, attributes, ttl: tokenSeconds });
    token.addGrant({
      room,
      roomJoin: true,
      ...publishing(sources),
      // What is said in a room beside sound and picture comes from the server and its bots alone: nobody can flood the
      // others, speak as another, or write captions.
      canPublishData: false,
      canSubscribe: true,
      canUpdateOwnMetadata: false,
    });
    return token.toJwt();
  }

  /** The event of a webhook whose signature and body hash are right, else null. */
  async heard(body: string, authorization: string | undefined): Promise<WebhookEvent | null> {
    if (this.#webhooks === null) return null;
    return this.#webhooks.receive(body, authorization).catch(() => null);
  }
}

function isNotFound(error: unknown): boolean {
  const { status, code } = error as { status?: number; code?: string };
  return status === 404 || code === 'not_found';
}

/** What concerns somebody or a room that is gone is done. */
async function gone(act: Promise<unknown> | undefined): Promise<void> {
  await act?.catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}
