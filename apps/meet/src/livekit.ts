import { Inject, Injectable } from '@nestjs/common';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import {
  AccessToken,
  type ParticipantInfo,
  RoomServiceClient,
  type WebhookEvent,
  WebhookReceiver,
} from 'livekit-server-sdk';
import type { settings } from './settings.ts';

/** Seconds in which a token may be used to come in; who is in stays in. */
export const tokenSeconds = 300;
/** Seconds an empty room is kept by LiveKit. */
const emptyRoomSeconds = 120;
/** Milliseconds LiveKit may take to answer before it counts as absent. */
const answerMsMax = 3_000;

export interface Admission {
  readonly room: string;
  readonly identity: string;
  readonly name: string;
  /** What others may know of the person: `{"id": uid, "kind": "guest"}` as attributes. */
  readonly attributes: Record<string, string>;
  readonly publish: boolean;
}

/** Somebody in a room now. */
export interface Present {
  readonly room: string;
  readonly identity: string;
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

  /** Opens the room (again, without harm) for at most `peopleMax`. @throws Refused `meetings-off` */
  async openRoom(room: string, peopleMax: number): Promise<void> {
    await this.#server
      .createRoom({ name: room, emptyTimeout: emptyRoomSeconds, maxParticipants: peopleMax })
      .catch(() => {
        throw Refused.unavailable('meetings-off');
      });
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
    if (this.#rooms === null) return [];
    const rooms = await this.#rooms.listRooms().catch(() => []);
    const inside = await Promise.all(
      rooms.map(async ({ name }) => ({ name, people: await this.inRoom(name) })),
    );
    return inside.flatMap(({ name, people }) =>
      (people ?? []).map(({ identity }) => ({ room: name, identity })),
    );
  }

  /** Takes somebody out. Not being there any more is as good. */
  async remove(room: string, identity: string): Promise<void> {
    await this.#rooms?.removeParticipant(room, identity).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }

  async closeRoom(room: string): Promise<void> {
    await this.#rooms?.deleteRoom(room).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }

  /** A token for one person and one room, to be used within {@link tokenSeconds}. */
  async token(admission: Admission): Promise<string> {
    if (!this.#key || !this.#secret) throw Refused.unavailable('meetings-off');
    const token = new AccessToken(this.#key, this.#secret, {
      identity: admission.identity,
      name: admission.name,
      attributes: admission.attributes,
      ttl: tokenSeconds,
    });
    token.addGrant({
      room: admission.room,
      roomJoin: true,
      canPublish: admission.publish,
      canPublishData: true,
      canSubscribe: true,
      canUpdateOwnMetadata: true,
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
