import type { Inline } from '@parvis/document/block';
import type { Block, Values } from '@parvis/document/block';
import { updateOf } from '@parvis/document/write-blocks';
import { Database } from '@parvis/server/database';
import type { House, Visitor } from '@parvis/testing/house';
import { Documents } from '../document/document.service.ts';
import { Indexer } from '../index/indexer.ts';
import { Editor } from './editor.ts';

const waitMsMax = 60_000;

/** A block with a text, or with inlines. */
export function block(
  id: string,
  type: string,
  content: string | readonly Inline[],
  props: Values = {},
): Block {
  const inlines: readonly Inline[] =
    typeof content === 'string' ? [{ type: 'text', text: content, marks: [] }] : content;
  return { id, type, props, content: inlines, children: [] };
}

export function mention(kind: 'person' | 'document', ref: string, label: string): Inline {
  return { type: 'thing', name: 'mention', props: { kind, ref, label }, text: '' };
}

/** Documents with a text of any blocks, and the index that follows them. */
export class Library {
  readonly house: House;
  readonly #editors: Editor[] = [];

  constructor(house: House) {
    this.house = house;
  }

  get indexer(): Indexer {
    return this.house.served('docs').app.get(Indexer);
  }

  /** A document with these blocks; gives its id. */
  async add(owner: Visitor, parentUid: string, title: string, blocks: readonly Block[]): Promise<string> {
    const { app } = this.house.served('docs');
    const content = updateOf(blocks);
    const made = await app
      .get(Database)
      .transaction((db) =>
        app.get(Documents).make(db, { parentUid, title, ownerId: owner.person.id, content }),
      );
    return made.uid;
  }

  async edit(who: Visitor, documentId: string, url = this.house.urlOf('docs')): Promise<Editor> {
    const editor = new Editor({ url, cookie: who.cookie, documentId });
    this.#editors.push(editor);
    return editor.join();
  }

  /** Resolves once the index knows all that is in the log. @throws when it does not come to that */
  async indexed(): Promise<void> {
    const deadline = Date.now() + waitMsMax;
    while ((await this.indexer.lag()).documents > 0) {
      if (Date.now() > deadline) throw new Error('the index stays behind');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  close(): void {
    for (const editor of this.#editors.splice(0)) editor.destroy();
  }
}
