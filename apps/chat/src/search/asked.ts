import type { Db } from '@parvis/access/db';
import { likePattern, searchKey } from '@parvis/access/titles';
import { type Named, type Query, readQuery, type Term } from '@parvis/contract/chat-query';
import { meansMe } from '@parvis/contract/chat-query-names';
import type { SearchHint } from '@parvis/contract/chat-search';
import { wordsOf } from '@parvis/server/words';
import { besideMark, carriedMark, everyMark, senderMark, threadMark } from './entries.ts';

/** Words of one search; what comes after is not asked for. */
const wordsMax = 20;
/** People whom one name may mean. */
const peopleMax = 50;

/** A question as the index understands it. */
export interface Asked {
  readonly query: Query;
  /** A tsquery as PostgreSQL writes it; null when nothing can answer. */
  readonly text: string | null;
  /** Stems of what is looked for, to be marked; what must not be there is not among them. */
  readonly stems: string;
  /** Number of words that are looked for, and the one that is still being typed. */
  readonly count: number;
  readonly half: string;
  readonly since: Date | null;
  readonly until: Date | null;
  readonly hints: readonly SearchHint[];
}

export interface Asking {
  readonly q: string;
  readonly typing: boolean;
  readonly timeZone: string;
  readonly personId: number;
  /** Whether they may be told that nobody is called so: guests do not browse the directory. */
  readonly mayKnowPeople: boolean;
}

/** An expression of SQL with its parameters. */
class Expression {
  readonly params: unknown[] = [];
  given(value: unknown): string {
    return `$${this.params.push(value)}`;
  }
}

const foldedOf = (text: string) => wordsOf(text).map(({ folded }) => folded);

/** Today where that person is, as YYYY-MM-DD. */
export function todayIn(timeZone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
}

/** SQL of one term: the words of something like `porte-parole` or `ada@parvis.example` stand together. */
function termSql(into: Expression, term: Term, half: boolean): string | null {
  const words = foldedOf(term.text);
  const [first] = words;
  if (first === undefined) return null;
  if (words.length > 1) {
    const together = `chat.search_phrase(${into.given(words.join(' '))}::text)`;
    return half ? `(${together} || chat.search_word(${into.given(words.join(' '))}::text, true))` : together;
  }
  return `chat.search_word(${into.given(first)}::text, ${half})`;
}

/** SQL of the words of a question, one tsquery or null a group, and of what is to be marked. */
function wordsSql(query: Query, into: Expression, typing: boolean) {
  const groups: string[] = [];
  const marked: string[] = [];
  let count = 0;
  let half = '';
  for (const [at, group] of query.words.entries()) {
    if (count >= wordsMax) break;
    const terms = group.flatMap((term) => {
      const last =
        typing && at === query.words.length - 1 && term === group.at(-1) && !term.not && term.kind === 'word';
      const sql = termSql(into, term, last);
      if (sql === null) return [];
      if (last) half = foldedOf(term.text).at(-1) ?? '';
      if (!term.not) {
        marked.push(sql);
        count += 1;
      }
      return [term.not ? `!!${sql}` : sql];
    });
    // A word that every message has is no condition: a group with such a word holds always.
    if (terms.length > 0) groups.push(terms.length === 1 ? (terms[0] as string) : `(${terms.join(' || ')})`);
  }
  return { groups, marked, count, half };
}

/** Marks of the entries: `'+file' & !'+pin'`. */
function marksSql(query: Query, into: Expression, personId: number): string[] {
  const mark = (text: string, not: boolean) =>
    `${not ? '!!' : ''}(${into.given(`'${text}'`)}::text::tsquery)`;
  const marks = query.has.map(({ what, not }) => mark(carriedMark(what), not));
  for (const { what, not } of query.is) {
    if (what === 'thread') marks.push(mark(threadMark, not));
    if (what === 'mine') marks.push(mark(senderMark(personId), not));
    if (what === 'unread' && !not) marks.push(mark(besideMark, true), mark(senderMark(personId), true));
  }
  return marks;
}

/** Subject ids of the people whom a name means: all its words begin a word of theirs. */
async function peopleNamed(db: Db, name: string, personId: number): Promise<number[]> {
  if (meansMe(name)) return [personId];
  const key = searchKey(name);
  const rows = await db.query<{ id: number }>(
    `select p.subject_id as id from access.person p
      where p.uid::text = $1 or (
        select bool_and(' ' || p.name_key like '% ' || w || '%') from unnest($2::text[]) w)
      order by p.name_key <> $3, p.subject_id limit ${peopleMax}`,
    [
      name.toLowerCase(),
      key
        .split(/[\s_]+/)
        .filter((one) => one !== '')
        .map(likePattern),
      key,
    ],
  );
  return rows.map(({ id }) => id);
}

/** Marks of who is meant by `from:`; null when nobody is. */
async function sendersOf(db: Db, named: readonly Named[], personId: number) {
  const wanted: number[] = [];
  const unwanted: number[] = [];
  const hints: SearchHint[] = [];
  for (const { text, not } of named) {
    const found = await peopleNamed(db, text, personId);
    if (found.length === 0) hints.push({ what: 'nobody', text });
    (not ? unwanted : wanted).push(...found);
  }
  return { wanted, unwanted, hints, nobody: wanted.length === 0 && named.some(({ not }) => !not) };
}

/** Reads a question and makes it one for the index. */
export async function asked(
  db: Db,
  { q, typing, timeZone, personId, mayKnowPeople }: Asking,
): Promise<Asked> {
  const query = readQuery(q, todayIn(timeZone));
  const into = new Expression();
  const { groups, marked, count, half } = wordsSql(query, into, typing);
  const senders = await sendersOf(db, query.from, personId);
  const of = (ids: readonly number[]) => ids.map((id) => `'${senderMark(id)}'`).join(' | ');
  const conditions = [`${into.given(`'${everyMark}'`)}::text::tsquery`, ...marksSql(query, into, personId)];
  if (senders.wanted.length > 0) conditions.push(`${into.given(of(senders.wanted))}::text::tsquery`);
  if (senders.unwanted.length > 0) conditions.push(`!!(${into.given(of(senders.unwanted))}::text::tsquery)`);
  const zone = `${into.given(timeZone)}::text`;
  const day = (value: string | null) => `${into.given(value)}::date::timestamp at time zone ${zone}`;
  const given = (list: string[]) => `array[${list.join(', ')}]::tsquery[]`;
  const [row] = await db.query<{
    text: string;
    words: number;
    stems: string;
    since: Date | null;
    until: Date | null;
  }>(
    `with w as (select t from unnest(${given(groups)}) t where t is not null)
     select chat.search_all(array(select t from w) || ${given(conditions)})::text as text,
            (select count(*)::int from w) as words,
            (select coalesce(string_agg(t::text, ' '), '') from unnest(${given(marked)}) t) as stems,
            ${day(query.since)} as since, ${day(query.until)} as until`,
    into.params,
  );
  const common = groups.length > 0 && row?.words === 0;
  const hints: SearchHint[] = [...query.hints, ...(mayKnowPeople ? senders.hints : [])];
  if (common) hints.push({ what: 'common-words', text: '' });
  // Nothing but common words, and nothing to narrow by: everything would answer.
  const empty = query.tokens.every(({ operator }) => operator === null) && (row?.words ?? 0) === 0;
  return {
    query,
    text: senders.nobody || empty ? null : (row?.text ?? null),
    stems: row?.stems ?? '',
    count,
    half,
    since: row?.since ?? null,
    until: row?.until ?? null,
    hints,
  };
}
