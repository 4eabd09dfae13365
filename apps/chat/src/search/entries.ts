import type { Db } from '@parvis/access/db';
import type { Carried } from '@parvis/contract/chat-query-names';
import { byLanguage } from '@parvis/server/words';
import { hasCode, linksOf, plain } from './plain.ts';

/** A message as the log has it now. */
export interface Indexable {
  readonly channelId: number;
  readonly seq: number;
  readonly at: Date;
  readonly senderId: number;
  readonly body: string;
  readonly content: unknown;
  readonly threadSeq: number | null;
  readonly inChannel: boolean;
  readonly pinned: boolean;
  readonly reacted: boolean;
  readonly answered: boolean;
}

/** Columns of {@link Indexable} for `chat.message m`. */
export const indexable = `m.channel_id::float8 as "channelId", m.seq::float8 as seq, m.at, m.sender_id as "senderId", m.body,
  m.content, m.thread_seq::float8 as "threadSeq", m.in_channel as "inChannel", m.pinned_at is not null as pinned,
  exists (select from chat.reaction x where x.channel_id = m.channel_id and x.seq = m.seq) as reacted,
  exists (select from chat.thread t where t.channel_id = m.channel_id and t.root_seq = m.seq and t.replies > 0) as answered`;

/** What every entry is marked with, so that a question without words is one like any other. */
export const everyMark = '+';
export const threadMark = '+thread';
/** An answer that only its thread shows. */
export const besideMark = '+beside';
export const senderMark = (personId: number): string => `@${personId}`;
export const carriedMark = (what: Carried): string => `+${what}`;

interface Content {
  readonly files: readonly { readonly name?: unknown; readonly type?: unknown }[];
  readonly poll: { readonly question?: unknown; readonly options?: unknown } | null;
  readonly voice: boolean;
}

/** What other parts of the chat put beside the text; whatever has not that shape is not there. */
function contentOf(content: unknown): Content {
  const given = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  const files = Array.isArray(given.files) ? (given.files as unknown[]) : [];
  return {
    files: files.filter((one): one is Content['files'][number] => typeof one === 'object' && one !== null),
    poll: typeof given.poll === 'object' ? (given.poll as Content['poll']) : null,
    voice: typeof given.voice === 'object' && given.voice !== null,
  };
}

/** What a message carries, as it is marked and shown. */
export function carriedBy(one: Pick<Indexable, 'body' | 'content' | 'pinned' | 'reacted'>): Carried[] {
  const { files, poll, voice } = contentOf(one.content);
  const typed = (prefix: string) =>
    files.some(({ type }) => typeof type === 'string' && type.startsWith(prefix));
  const facts: [Carried, boolean][] = [
    ['file', files.length > 0],
    ['image', typed('image/')],
    ['voice', voice || typed('audio/')],
    ['poll', poll !== null],
    ['link', linksOf(one.body).length > 0],
    ['code', hasCode(one.body)],
    ['reaction', one.reacted],
    ['pin', one.pinned],
  ];
  return facts.flatMap(([what, so]) => (so ? [what] : []));
}

function marksOf(one: Indexable): string {
  const marks = [everyMark, senderMark(one.senderId), ...carriedBy(one).map(carriedMark)];
  if (one.threadSeq !== null || one.answered) marks.push(threadMark);
  if (!one.inChannel) marks.push(besideMark);
  return marks.join(' ');
}

/** Everything in a message that words may be found in, a line per part. */
function linesOf({ body, content }: Indexable): string[] {
  const { files, poll } = contentOf(content);
  const options = Array.isArray(poll?.options) ? (poll.options as { text?: unknown }[]) : [];
  const beside = [...files.map(({ name }) => name), poll?.question, ...options.map((one) => one?.text)];
  return [
    ...body.split('\n').map(plain),
    ...linksOf(body),
    ...beside.filter((text): text is string => typeof text === 'string'),
  ].filter((line) => line !== '');
}

/** Writes the entries of these messages as they are now. Twice is once. */
export async function putEntries(db: Db, messages: readonly Indexable[]): Promise<void> {
  if (messages.length === 0) return;
  const words = messages.map((one) => byLanguage(linesOf(one), 'both'));
  await db.query(
    'select chat.search_put($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[])',
    [
      messages.map((one) => one.channelId),
      messages.map((one) => one.seq),
      messages.map((one) => one.at),
      messages.map(marksOf),
      words.map(({ french }) => french),
      words.map(({ english }) => english),
      words.map(({ arabic }) => arabic),
    ],
  );
}
