import type { Locale } from '@parvis/contract/shape';
import { type Block, type Inline, type Mark, plainText, type Values } from '@parvis/document/block';

/** One remark of a conversation, as a file carries it: the author is a name, not somebody that we know. */
export interface Remark {
  readonly author: string;
  /** ISO 8601, or '' where the file does not say. */
  readonly at: string;
  readonly text: string;
}
/** A conversation about the text that carries the mark `comment` with this id. */
export interface Conversation {
  readonly id: string;
  readonly resolved: boolean;
  readonly remarks: readonly Remark[];
}
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** All that a writer may put into a file. */
export interface Paper {
  readonly title: string;
  readonly locale: Locale;
  readonly blocks: readonly Block[];
  readonly conversations: readonly Conversation[];
  /** Names of people by uuid: of assignees and of who suggested something. */
  readonly people: Readonly<Record<string, string>>;
  /** Bytes by the address that a block names. What is not here is written as a link. */
  readonly pictures: Readonly<Record<string, Picture>>;
  /** Where the house is, for links to what stays there; without a slash at the end. */
  readonly origin: string;
}

/** What could not be kept, by a stable code, and how often. */
export type Lost = Readonly<Record<string, number>>;

/** What a reader found in a file. Pictures have the address `picture:<n>` until they are stored. */
export interface Found {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly conversations: readonly Conversation[];
  readonly pictures: Readonly<Record<string, Picture>>;
  readonly lost: Lost;
}

/** A file that is not what it says, or more than we take; the code has a sentence in three languages. */
export class BadFile extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'BadFile';
    this.code = code;
  }
}

/** Counts what is lost. */
export class Losses {
  readonly counts: Record<string, number> = {};
  add(code: string): void {
    this.counts[code] = (this.counts[code] ?? 0) + 1;
  }
}

const strongRtl = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}/u;
const strong = /\p{L}/u;

/** The direction that a text has by its first letter, or null when it has none. */
export function directionOf(text: string): 'ltr' | 'rtl' | null {
  const letter = strong.exec(text)?.[0];
  if (letter === undefined) return null;
  return strongRtl.test(letter) ? 'rtl' : 'ltr';
}

export function isRtl(block: Block): boolean {
  const { textDirection } = block.props;
  if (textDirection === 'rtl' || textDirection === 'ltr') return textDirection === 'rtl';
  return directionOf(plainText(block.content)) === 'rtl';
}

/** The props that say the direction which a file gave, where the text itself would say another. */
export function directionProps(rtl: boolean, content: readonly Inline[]): Values {
  const own = directionOf(plainText(content));
  if (own === null) return rtl ? { textDirection: 'rtl' } : {};
  return (own === 'rtl') === rtl ? {} : { textDirection: rtl ? 'rtl' : 'ltr' };
}

export const said = (value: unknown): string => (typeof value === 'string' ? value : '');
export const numbered = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

export const marked = (marks: readonly Mark[], name: string): Mark | undefined =>
  marks.find((mark) => mark.name === name);

/** Addresses that a link of a file may have; others become text. */
export function safeHref(href: string): string | null {
  const trimmed = href.trim();
  return /^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(trimmed) ? trimmed : null;
}

/** Marks in the order of their names, each name once but comments: the order in which they are read. */
export function sortedMarks(marks: readonly Mark[]): Mark[] {
  return marks.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Neighbours with the same marks become one run; empty ones go. */
export function joinedRuns(content: readonly Inline[]): Inline[] {
  const made: Inline[] = [];
  for (const one of content) {
    const last = made.at(-1);
    if (one.type !== 'text') made.push(one);
    else if (one.text === '') continue;
    else if (last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(one.marks))
      made[made.length - 1] = { ...last, text: last.text + one.text };
    else made.push(one);
  }
  return made;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// oxlint-disable-next-line eslint/no-control-regex -- XML has no way to write them
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text for XML and HTML, in content and in attributes. */
export function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(notInXml, '')
    .replace(/[&<>"]/g, (one) => escapes[one] ?? one);
}

/** The file of drive that an address of ours names, or null. */
export function fileIdOf(url: string): string | null {
  return /^\/api\/drive\/files\/([0-9a-f-]{36})\/content(\?|$)/.exec(url)?.[1] ?? null;
}

/** Where something in the house is found, as an address that works from outside. */
export function addressOf(paper: Paper, props: Values): string {
  const room: Record<string, string> = {
    document: 'docs',
    channel: 'chat',
    message: 'chat',
    meeting: 'meet',
    file: 'drive',
  };
  const kind = said(props.kind);
  if (kind === 'person') return `${paper.origin}/people?person=${encodeURIComponent(said(props.ref))}`;
  const place = kind === 'message' ? `#message-${numbered(props.messageSeq, 0)}` : '';
  return `${paper.origin}/${room[kind] ?? 'docs'}/${encodeURIComponent(said(props.ref))}${place}`;
}

/** An address as a file outside of the house needs it. */
export function absolute(paper: Paper, url: string): string {
  return url.startsWith('/') ? `${paper.origin}${url}` : url;
}

/** Who suggested something: a person here, or the name that a file gave. */
export function authorOf(paper: Paper, person: string): string {
  return person.startsWith('file:') ? person.slice(5) : (paper.people[person] ?? 'Parvis');
}
