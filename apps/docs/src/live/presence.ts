import { presenceBytesMax } from '@parvis/contract/limits';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** One client's presence: where the cursor is, whose it is. The state is JSON that we pass on and do not read. */
export interface PresenceState {
  readonly client: number;
  readonly clock: number;
  /** UTF-8 JSON; `null` when the client is gone. */
  readonly state: string;
}

/** Clients in one presence message: those of a browser tell again what they heard of others. */
const statesMax = 1_000;

/** @throws Error when the bytes are not a presence message of y-protocols */
export function readPresence(bytes: Uint8Array): PresenceState[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > statesMax) throw new Error('too many states');
  const states: PresenceState[] = [];
  for (let i = 0; i < count; i++) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    states.push({ client, clock, state: decoding.readVarString(decoder) });
  }
  if (decoding.hasContent(decoder)) throw new Error('bytes after the last state');
  return states;
}

export function writePresence(states: readonly PresenceState[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, states.length);
  for (const { client, clock, state } of states) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}

/** Whose a client id is: a connection of this process, or a connection of another one. */
export interface Owner {
  readonly person: number;
}

interface Held extends PresenceState {
  readonly owner: Owner | null;
  readonly heardAt: number;
}

/** Milliseconds after which a state from another process that is not renewed is forgotten; clients renew at 15 s. */
const remoteMsMax = 45_000;

/** The last presence of each client of one document. */
export class PresenceBook {
  readonly #held = new Map<number, Held>();

  /**
   * What of a message is news to the others, and the id that the connection speaks for from now on.
   * @returns `null` when it must be refused: another's client id, a second id, a state too long or not JSON.
   */
  take(
    owner: Owner,
    ownId: number | null,
    states: readonly PresenceState[],
  ): { news: PresenceState[]; id: number | null } | null {
    const news: PresenceState[] = [];
    let mine = ownId;
    for (const one of states) {
      const held = this.#held.get(one.client);
      const isMine = one.client === mine || this.#mayClaim(owner, mine, one, held);
      if (!isMine) {
        // Clients of y-websocket tell again what they heard of others: no harm while it adds nothing.
        if (held ? one.clock <= held.clock : one.state === 'null') continue;
        return null;
      }
      mine = one.client;
      if (held && held.owner === owner && one.clock <= held.clock) continue;
      if (Buffer.byteLength(one.state) > presenceBytesMax || !isJson(one.state)) return null;
      this.#held.set(one.client, { ...one, owner, heardAt: Date.now() });
      news.push(one);
    }
    return { news, id: mine };
  }

  /** The first id that a connection speaks for is its own; a person may take it over from their lost connection. */
  #mayClaim(owner: Owner, mine: number | null, one: PresenceState, held: Held | undefined): boolean {
    if (mine !== null || one.state === 'null') return false;
    return (
      held === undefined ||
      (held.owner !== null && held.owner !== owner && held.owner.person === owner.person)
    );
  }

  /** Whether a connection may write as a client: not as one that somebody else is present with. */
  mayUse(owner: Owner, client: number): boolean {
    const held = this.#held.get(client);
    return held === undefined || held.owner === null || held.owner.person === owner.person;
  }

  /** What came from another process, checked there. */
  takeRemote(states: readonly PresenceState[]): PresenceState[] {
    return states.filter((one) => {
      const held = this.#held.get(one.client);
      if (held && (held.owner !== null || held.clock > one.clock)) return false;
      if (one.state === 'null') this.#held.delete(one.client);
      else this.#held.set(one.client, { ...one, owner: null, heardAt: Date.now() });
      return true;
    });
  }

  /** A connection ended: what to tell the others. */
  leave(owner: Owner): PresenceState[] {
    const gone: PresenceState[] = [];
    for (const [client, held] of this.#held) {
      if (held.owner !== owner) continue;
      this.#held.delete(client);
      if (held.state !== 'null') gone.push({ client, clock: held.clock, state: 'null' });
    }
    return gone;
  }

  /** Everybody present; `local` leaves out those of other processes. */
  all(local = false): PresenceState[] {
    const now = Date.now();
    const present: PresenceState[] = [];
    for (const [client, held] of this.#held) {
      if (held.owner === null && now - held.heardAt > remoteMsMax) this.#held.delete(client);
      else if (held.state !== 'null' && !(local && held.owner === null)) present.push(held);
    }
    return present;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
