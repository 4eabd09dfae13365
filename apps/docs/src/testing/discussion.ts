import { randomUUID } from 'node:crypto';
import { grant } from '@parvis/access/grants';
import type { Role } from '@parvis/access/roles';
import { listThreads, startThread } from '@parvis/contract/doc-comments';
import { createDocument } from '@parvis/contract/docs';
import { fragmentName } from '@parvis/document/version';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { Editor, type EditorOptions } from './editor.ts';

/** What the documents of a discussion say. */
export const words = 'Le marché est clos.';

/** A house of two processes with people of each role around the documents of one space. */
export class Discussion {
  readonly house: House;
  readonly second: Served;
  readonly anna: Visitor;
  readonly bruno: Visitor;
  readonly commenter: Visitor;
  readonly reader: Visitor;
  readonly stranger: Visitor;
  readonly #spaceId: string;
  readonly #editors: Editor[] = [];

  private constructor(house: House, second: Served, people: readonly Visitor[], spaceId: string) {
    this.house = house;
    this.second = second;
    [this.anna, this.bruno, this.commenter, this.reader, this.stranger] = people as [
      Visitor,
      Visitor,
      Visitor,
      Visitor,
      Visitor,
    ];
    this.#spaceId = spaceId;
  }

  static async open(): Promise<Discussion> {
    const house = await aHouse([docs]);
    const names = ['Anna Kaci', 'Bruno Sorel', 'Chloé Marin', 'Rachid Nour', 'Stéphane Lointain'];
    const people: Visitor[] = [];
    for (const name of names) people.push(await house.person({ name }));
    const [owner, member] = people as [Visitor, Visitor];
    const { uid } = await house.space({ owner, members: [member] });
    return new Discussion(house, await house.another(docs), people, uid);
  }

  closeEditors(): void {
    for (const editor of this.#editors.splice(0)) editor.destroy();
  }

  async close(): Promise<void> {
    await this.second.close();
    await this.house.stop();
  }

  editor(who: Visitor, documentId: string, more: Partial<EditorOptions> = {}): Editor {
    const made = new Editor({ url: this.house.urlOf('docs'), cookie: who.cookie, documentId, ...more });
    this.#editors.push(made);
    return made;
  }

  /** A document that says {@link words}, which the commenter and the reader may see too. */
  async document(): Promise<{ id: string; a: Editor; text: Y.XmlText }> {
    const { id } = await this.anna.call(createDocument, { parentId: this.#spaceId, title: 'Note' });
    const roles: [Visitor, Role][] = [
      [this.commenter, 'commenter'],
      [this.reader, 'reader'],
    ];
    for (const [who, role] of roles) {
      const wanted = { resourceUid: id, subjectId: who.person.id, role };
      await grant(this.house.db, wanted, this.anna.person.id);
    }
    const a = await this.editor(this.anna, id).join();
    const paragraph = a.doc
      .getXmlFragment(fragmentName)
      .createTreeWalker((node) => node instanceof Y.XmlElement && node.nodeName === 'paragraph')
      .next().value as Y.XmlElement;
    const text = new Y.XmlText();
    paragraph.insert(0, [text]);
    text.insert(0, words);
    await a.saved();
    return { id, a, text };
  }
}

export function firstText(doc: Y.Doc): Y.XmlText {
  const found = doc
    .getXmlFragment(fragmentName)
    .createTreeWalker((node) => node instanceof Y.XmlText)
    .next().value;
  if (!(found instanceof Y.XmlText)) throw new Error('no text in the document');
  return found;
}

/** A place in a text, as a client names it. */
export function place(text: Y.XmlText, at: number): string {
  const relative = Y.createRelativePositionFromTypeIndex(text, at);
  return Buffer.from(Y.encodeRelativePosition(relative)).toString('base64');
}

/** Starts a conversation about a piece of a text. */
export function start(
  who: Visitor,
  id: string,
  text: Y.XmlText,
  body: string,
  [from, to]: [number, number] = [3, 9],
) {
  const range = { start: place(text, from), end: place(text, to) };
  return who.call(startThread, { id, threadId: randomUUID(), ...range, body });
}

/** The first page of a document's conversations. */
export function all(who: Visitor, id: string) {
  return who.call(listThreads, { id });
}

/** The first text in pieces, with the conversations that mark them. */
export function marksOf(doc: Y.Doc): { text: string; threads: string[] }[] {
  type Delta = { insert: string; attributes?: Record<string, { threadId: string }> }[];
  return (firstText(doc).toDelta() as Delta).map(({ insert, attributes = {} }) => ({
    text: insert,
    threads: Object.entries(attributes).flatMap(([name, value]) =>
      name.startsWith('comment--') ? value.threadId : [],
    ),
  }));
}
