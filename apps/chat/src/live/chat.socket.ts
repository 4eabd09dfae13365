import { Injectable, type OnModuleInit } from '@nestjs/common';
import { atLeast } from '@parvis/access/roles';
import { ChatSaying } from '@parvis/contract/chat';
import { chatFrameBytesMax, followedChannelsMax } from '@parvis/contract/limits';
import { Id } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Metrics } from '@parvis/server/metrics';
import { presentPerson } from '@parvis/server/present';
import { Refused, refusalOf } from '@parvis/server/refused';
import { Sockets, socketClose } from '@parvis/server/sockets';
import type { RawData, WebSocket } from 'ws';
import { isOutage } from '../message/outage.ts';
import { ReadQueue } from '../message/read-queue.ts';
import { SendQueue } from '../message/send-queue.ts';
import { Following } from './following.ts';
import { Notices } from './notices.ts';
import { Rights } from './rights.ts';
import { Session } from './session.ts';

/** Bytes past which a frame is not even received: the socket is closed. Up to there it is refused by name. */
const frameBytesReceivedMax = 2 * 1024 * 1024;
/** Frames that are no sayings before the socket is closed. */
const garbageMax = 10;
/** Sends of one socket that may wait for their commit. */
const sendingMax = 256;
/** Milliseconds between two words of typing that are passed on, per channel of a socket. */
const typingMs = 2_000;

/** Close code of the registry of RFC 6455: the server could not do it now. */
const tryAgainLater = 1013;

const ping = Buffer.from('{"t":"ping"}');
const pong = Buffer.from('{"t":"pong"}');

interface Blamed {
  clientId?: string;
  channelId?: string;
}

/** What a malformed saying was about, as far as it can be told, so that the client knows which send was refused. */
function blamedOf(given: unknown): Blamed {
  if (typeof given !== 'object' || given === null) return {};
  const { clientId, channelId } = given as Record<string, unknown>;
  const blamed: Blamed = {};
  const client = Id.safeParse(clientId);
  const channel = Id.safeParse(channelId);
  if (client.success) blamed.clientId = client.data;
  if (channel.success) blamed.channelId = channel.data;
  return blamed;
}

/** `/ws/chat`: the sayings of ChatSaying in, those of ChatHearing out, as JSON texts. */
@Injectable()
export class ChatSocket implements OnModuleInit {
  constructor(
    private readonly sockets: Sockets,
    private readonly metrics: Metrics,
    private readonly following: Following,
    private readonly sends: SendQueue,
    private readonly reads: ReadQueue,
    private readonly rights: Rights,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.sockets.route({
      name: '/ws/chat',
      path: /^\/ws\/chat\/?$/,
      frameBytesMax: frameBytesReceivedMax,
      open: (socket, caller) => this.#open(socket, caller),
    });
  }

  #open(socket: WebSocket, caller: Caller): void {
    const session = new Session(socket, caller, () => this.sockets.close(socket, socketClose.slow, 'resume'));
    this.following.enter(session);
    socket.on('close', () => this.following.leave(session));
    socket.on('message', (data, binary) => this.#hear(socket, session, data, binary));
    session.say({ t: 'ready', person: presentPerson(caller) });
  }

  #hear(socket: WebSocket, session: Session, data: RawData, binary: boolean): void {
    if (!session.open) return;
    const frame = data as Buffer;
    if (!binary && frame.equals(ping)) return session.write(pong);
    if (frame.length > chatFrameBytesMax) return this.#garbage(socket, session, 'frame-too-large', {});
    if (binary) return this.#garbage(socket, session, 'bad-frame', {});
    let given: unknown;
    try {
      given = JSON.parse(frame.toString());
    } catch {
      return this.#garbage(socket, session, 'bad-frame', {});
    }
    const parsed = ChatSaying.safeParse(given);
    if (parsed.success) return this.#take(socket, session, parsed.data);
    const about = parsed.error.issues;
    const blamed = blamedOf(given);
    if (about.every(({ path }) => path[0] === 'body'))
      return this.#refuse(session, about[0]?.message ?? 'bad-frame', blamed);
    if (about.every(({ path, code }) => path.length === 1 && path[0] === 'channels' && code === 'too_big')) {
      return this.#refuse(session, 'too-many-channels', blamed);
    }
    this.#garbage(socket, session, 'bad-frame', blamed);
  }

  #take(socket: WebSocket, session: Session, saying: ChatSaying): void {
    switch (saying.t) {
      case 'ping':
        return session.write(pong);
      case 'follow':
        return this.#follow(socket, session, saying.channels);
      case 'leave':
        return this.following.unfollow(session, saying.channelId);
      case 'send':
        return this.#send(session, saying);
      case 'typing':
        return this.#typing(session, saying.channelId);
      case 'read':
        return this.#read(session, saying.channelId, saying.seq);
    }
  }

  #follow(socket: WebSocket, session: Session, channels: { id: string; after: number }[]): void {
    const all = new Set([...session.followed.keys(), ...channels.map(({ id }) => id)]);
    if (all.size > followedChannelsMax) return this.#refuse(session, 'too-many-channels', {});
    this.following.follow(session, channels).catch((error: unknown) => {
      for (const { id } of channels) {
        if (!session.followed.has(id)) this.#refuse(session, this.#codeOf(error), { channelId: id });
      }
      // Coming back with cursors is what every client does by itself; asking again after a refusal is not.
      this.following.leave(session);
      this.sockets.close(socket, tryAgainLater, 'resume');
    });
  }

  #send(session: Session, saying: Extract<ChatSaying, { t: 'send' }>): void {
    const { t: _, channelId, ...given } = saying;
    const { clientId } = given;
    if (session.sending >= sendingMax)
      return this.#refuse(session, 'too-many-requests', { clientId, channelId });
    session.sending += 1;
    this.sends.push({
      ...given,
      caller: session.caller,
      channelUid: channelId,
      done: (result) => {
        session.sending -= 1;
        if ('refused' in result) return this.#refuse(session, result.refused.code, { clientId, channelId });
        session.say({ t: 'stored', clientId, channelId, seq: result.seq });
      },
    });
  }

  #typing(session: Session, channelId: string): void {
    const followed = session.followed.get(channelId);
    const now = Date.now();
    if (!followed) return this.#refuse(session, 'not-found', { channelId });
    const { role, silenced } = followed.right;
    if (now - (session.typedAt.get(channelId) ?? 0) < typingMs || !atLeast(role, 'commenter') || silenced)
      return;
    session.typedAt.set(channelId, now);
    this.following.typing(channelId, session.caller.id, presentPerson(session.caller));
    this.notices.typing(channelId, session.caller.id);
  }

  #read(session: Session, channelId: string, seq: number): void {
    this.rights
      .of(session.caller, [channelId])
      .then((rights) => {
        const right = rights.get(channelId);
        if (!right) throw Refused.notFound();
        return this.reads.mark(right, seq);
      })
      .catch((error: unknown) => this.#refuse(session, this.#codeOf(error), { channelId }));
  }

  #codeOf(error: unknown): string {
    return refusalOf(error)?.code ?? (isOutage(error) ? 'unavailable' : 'internal');
  }

  #refuse(session: Session, code: string, blamed: Blamed): void {
    this.metrics.refusals.inc({ code });
    session.say({ t: 'refused', code, ...blamed });
  }

  /** Says what was wrong; whoever goes on in this way is cut off, and nobody else notices. */
  #garbage(socket: WebSocket, session: Session, code: string, blamed: Blamed): void {
    session.garbage += 1;
    this.#refuse(session, code, blamed);
    if (session.garbage < garbageMax) return;
    this.following.leave(session);
    this.sockets.close(socket, socketClose.badFrame, 'bad-frame');
  }
}
