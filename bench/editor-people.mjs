import { randomInt } from 'node:crypto';
import { schemaVersion } from '@parvis/document/version';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

const typeEveryMs = 200;
const syncType = 0;

/** Somebody without a screen who types into a paragraph of their own, five letters a second. */
export class Typist {
  #doc = new Y.Doc();
  #socket;
  #timer;

  /** Comes in and waits for the text. */
  async open(url, documentId, cookie) {
    const address = `${url.replace('http', 'ws')}/ws/docs/${documentId}?schema=${schemaVersion}`;
    this.#socket = new WebSocket(address, { headers: { cookie }, origin: new URL(url).origin });
    this.#socket.binaryType = 'arraybuffer';
    const synced = new Promise((resolve, reject) => {
      this.#socket.once('error', reject);
      this.#socket.on('message', (data) => {
        const decoder = decoding.createDecoder(new Uint8Array(data));
        if (decoding.readVarUint(decoder) !== syncType) return;
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, syncType);
        const kind = sync.readSyncMessage(decoder, encoder, this.#doc, 'server');
        if (encoding.length(encoder) > 1) this.#socket.send(encoding.toUint8Array(encoder));
        if (kind === sync.messageYjsSyncStep2) resolve();
      });
      this.#socket.once('open', () => {
        const encoder = encoding.createEncoder();
        encoding.writeVarUint(encoder, syncType);
        sync.writeSyncStep1(encoder, this.#doc);
        this.#socket.send(encoding.toUint8Array(encoder));
      });
    });
    await synced;
    this.#doc.on('update', (update, origin) => {
      if (origin === 'server') return;
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, syncType);
      sync.writeUpdate(encoder, update);
      this.#socket.send(encoding.toUint8Array(encoder));
    });
  }

  /** Begins to type into the paragraph with this number, at a moment of its own. */
  start(paragraph) {
    const text = textsOf(this.#doc.getXmlFragment('doc'))[paragraph];
    const begin = () => {
      this.#timer = setInterval(() => text.insert(text.length, 'b'), typeEveryMs);
    };
    setTimeout(begin, randomInt(typeEveryMs));
  }

  close() {
    clearInterval(this.#timer);
    this.#socket?.terminate();
  }
}

/** The texts of a document, in order. */
function textsOf(node) {
  return node
    .toArray()
    .flatMap((child) =>
      child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsOf(child) : [],
    );
}
