import { schemaVersion } from '@parvis/document/version';
import * as Y from 'yjs';

type Said = { update: Uint8Array } | { clocks: Uint8Array } | { presence: Uint8Array };

interface Hears {
  update(update: Uint8Array): void;
  presence(states: Uint8Array): void;
  /** Another tab has come: it is told who is here. */
  arrived(): void;
}

/** The other tabs of this browser that have the same text open: they hear one another without the network, too. */
export class Tabs {
  readonly #doc: Y.Doc;
  readonly #channel: BroadcastChannel;

  constructor(name: string, doc: Y.Doc, hears: Hears) {
    this.#doc = doc;
    // An older page must not be told what it cannot build.
    this.#channel = new BroadcastChannel(`parvis-docs/${schemaVersion}/${name}`);
    this.#channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('update' in data) hears.update(data.update);
      else if ('presence' in data) hears.presence(data.presence);
      else {
        this.say({ update: Y.encodeStateAsUpdate(this.#doc, data.clocks) });
        hears.arrived();
      }
    };
  }

  say(what: Said): void {
    this.#channel.postMessage(what);
  }

  /** Asks the others for what is not here yet. */
  ask(): void {
    this.say({ clocks: Y.encodeStateVector(this.#doc) });
  }

  close(): void {
    this.#channel.close();
  }
}
