import { randomUUID } from 'node:crypto';
import { cursorHeader, framesType } from '@parvis/contract/doc-sync';
import { docsMessage } from '@parvis/contract/docs';
import type { Visitor } from '@parvis/testing/house';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awareness from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { messagesOf } from '../http-sync/frames.ts';
import { frame } from '../live/wire.ts';

/** A person's editor where no WebSocket gets through: a real Y.Doc that speaks by requests. */
export class HttpEditor {
  readonly doc = new Y.Doc();
  readonly presence = new awareness.Awareness(this.doc);
  readonly refused: string[] = [];
  right = '';
  acked = 0;
  cursor: number | undefined;
  client = randomUUID();
  readonly #who: Visitor;
  readonly #documentId: string;
  #unsent: Uint8Array[] = [];

  constructor(who: Visitor, documentId: string) {
    this.#who = who;
    this.#documentId = documentId;
    this.presence.setLocalState(null);
    this.doc.on('update', (update: Uint8Array, from: unknown) => {
      if (from !== this) this.#unsent.push(message(docsMessage.sync, (to) => sync.writeUpdate(to, update)));
    });
  }

  get text(): Y.Text {
    return this.doc.getText('t');
  }

  /** The first request of a connection; what was written before goes with the answers. */
  async join(query: Record<string, string> = {}, url?: string): Promise<Response> {
    this.#unsent = [];
    this.client = randomUUID();
    this.cursor = undefined;
    const answer = await this.ask(
      [message(docsMessage.sync, (to) => sync.writeSyncStep1(to, this.doc))],
      query,
      url,
    );
    if (this.#unsent.length > 0) await this.send(url);
    return answer;
  }

  /** Sends what was written; resolves once it is answered. */
  send(url?: string): Promise<Response> {
    return this.ask(this.#unsent.splice(0), {}, url);
  }

  wait(url?: string): Promise<Response> {
    return this.ask([], { wait: '1' }, url);
  }

  tell(state: Record<string, unknown>): Promise<Response> {
    this.presence.setLocalState(state);
    const states = awareness.encodeAwarenessUpdate(this.presence, [this.doc.clientID]);
    return this.ask([message(docsMessage.awareness, (to) => encoding.writeVarUint8Array(to, states))]);
  }

  async ask(
    messages: readonly Uint8Array[],
    query: Record<string, string> = {},
    url?: string,
  ): Promise<Response> {
    const asked = new URLSearchParams({ client: this.client, ...query });
    if (this.cursor !== undefined) asked.set('after', String(this.cursor));
    const path = `/api/docs/${this.#documentId}/sync?${asked}`;
    const init = {
      method: 'POST',
      headers: { 'content-type': framesType },
      body: Buffer.concat(messages.map((one) => frame(one))),
    };
    const answer =
      url === undefined ? await this.#who.fetch(path, init) : await this.#elsewhere(url + path, init);
    if (answer.ok) {
      this.cursor = Math.max(this.cursor ?? 0, Number(answer.headers.get(cursorHeader)));
      for (const one of messagesOf(Buffer.from(await answer.arrayBuffer()))) this.#hear(one);
    }
    return answer;
  }

  #elsewhere(url: string, init: { method: string; headers: Record<string, string>; body: Buffer }) {
    return fetch(url, { ...init, headers: { ...init.headers, cookie: this.#who.cookie } });
  }

  #hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === docsMessage.sync) {
      const reply = encoding.createEncoder();
      encoding.writeVarUint(reply, docsMessage.sync);
      if (sync.readSyncMessage(decoder, reply, this.doc, this) === sync.messageYjsSyncStep1)
        this.#unsent.push(encoding.toUint8Array(reply));
    } else if (type === docsMessage.awareness) {
      awareness.applyAwarenessUpdate(this.presence, decoding.readVarUint8Array(decoder), this);
    } else if (type === docsMessage.ack) this.acked += decoding.readVarUint(decoder);
    else if (type === docsMessage.refused) this.refused.push(decoding.readVarString(decoder));
    else if (type === docsMessage.state) {
      decoding.readVarString(decoder);
      this.right = decoding.readVarString(decoder);
    }
  }

  destroy(): void {
    this.presence.destroy();
    this.doc.destroy();
  }
}

function message(type: number, write: (to: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
