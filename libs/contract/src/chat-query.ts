import { type Days, daysOf } from './chat-query-days.ts';
import {
  type Carried,
  carriedByName,
  folded,
  type Operator,
  operatorByName,
  operatorNames,
  type State,
  stateByName,
} from './chat-query-names.ts';
import type { Locale } from './shape.ts';

/** A word, or words that stand together in this order. */
export interface Term {
  readonly kind: 'word' | 'phrase';
  readonly text: string;
  readonly not: boolean;
}
export interface Named {
  readonly text: string;
  readonly not: boolean;
}
/** What was not understood, and so was looked for as plain words. */
export interface Hint {
  readonly what: 'unknown-operator' | 'unknown-value';
  readonly text: string;
}
/** A stretch of the question: an operator with its value, or a term. */
export interface Token {
  /** Characters (UTF-16) from the beginning of the question. */
  readonly from: number;
  readonly to: number;
  readonly operator: Operator | null;
  readonly value: string;
  readonly not: boolean;
}
/** What a question asks for; everything in it must hold. */
export interface Query {
  /** Of each group one must hold. */
  readonly words: readonly (readonly Term[])[];
  /** Of those that are not negated one must hold. */
  readonly from: readonly Named[];
  readonly in: readonly Named[];
  readonly has: readonly { readonly what: Carried; readonly not: boolean }[];
  readonly is: readonly { readonly what: State; readonly not: boolean }[];
  /** First day, and the day after the last, as YYYY-MM-DD; null without bound. */
  readonly since: string | null;
  readonly until: string | null;
  readonly hints: readonly Hint[];
  readonly tokens: readonly Token[];
}

/** Terms and operators of one question; what comes after is not asked for. */
const tokensMax = 40;

const quotes: Record<string, string> = { '"': '"', '“': '”', '„': '“', '«': '»', '”': '”' };
/** `or` between two terms, in capitals where the language has them. */
const or = new Set(['OR', 'OU', 'أو', '|']);
const operatorName = /^([\p{L}\p{M}’'-]+)[:：]/u;

interface Read {
  readonly value: string;
  readonly quoted: boolean;
  readonly end: number;
}

/** A value that begins at `at`: up to its closing quote, or to the next space. */
function valueAt(text: string, at: number): Read {
  const close = quotes[text[at] ?? ''];
  if (close !== undefined) {
    const end = text.indexOf(close, at + 1);
    // A quote that is not closed yet reaches to the end: it is still being typed.
    const to = end < 0 ? text.length : end;
    return { value: text.slice(at + 1, to).trim(), quoted: true, end: end < 0 ? to : to + 1 };
  }
  const space = /\s/.exec(text.slice(at));
  const end = space === null ? text.length : at + space.index;
  return { value: text.slice(at, end), quoted: false, end };
}

interface Lexed extends Token {
  readonly quoted: boolean;
  /** As it was typed, without the minus before it. */
  readonly text: string;
  /** The name before the colon when no operator is called so. */
  readonly unknown: string | null;
}

function tokenAt(text: string, from: number): Lexed {
  const not = /^[-−]\S/.test(text.slice(from)) && text[from + 1] !== '-';
  const at = from + (not ? 1 : 0);
  const name = operatorName.exec(text.slice(at));
  const operator = name === null ? undefined : operatorByName.get(folded(name[1] ?? ''));
  if (name !== null && operator !== undefined) {
    const { value, quoted, end } = valueAt(text, at + name[0].length);
    return { from, to: end, operator, value, not, quoted, text: text.slice(at, end), unknown: null };
  }
  const { value, quoted, end } = valueAt(text, at);
  const rest = name === null ? '' : value.slice(name[0].length);
  // An address is no operator, nor is a word before a colon.
  const unknown = name !== null && rest !== '' && !rest.startsWith('//') ? (name[1] ?? null) : null;
  return { from, to: end, operator: null, value, not, quoted, text: text.slice(at, end), unknown };
}

function lex(text: string): Lexed[] {
  const tokens: Lexed[] = [];
  let at = 0;
  while (at < text.length && tokens.length < tokensMax) {
    if (/\s/.test(text[at] as string)) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

/** Words in the order of the question: groups of terms between which `OR` stands. */
class Words {
  readonly groups: Term[][] = [];
  #joined = false;

  add(term: Term): void {
    const last = this.groups.at(-1);
    if (this.#joined && last !== undefined) last.push(term);
    else this.groups.push([term]);
    this.#joined = false;
  }

  /** What comes next is another way to satisfy what came before. */
  join(): void {
    this.#joined = this.groups.length > 0;
  }
}

class Reading {
  readonly #today: string;
  readonly words = new Words();
  readonly from: Named[] = [];
  readonly in: Named[] = [];
  readonly has: { what: Carried; not: boolean }[] = [];
  readonly is: { what: State; not: boolean }[] = [];
  readonly hints: Hint[] = [];
  since: string | null = null;
  until: string | null = null;

  constructor(today: string) {
    this.#today = today;
  }

  take(token: Lexed): void {
    if (token.operator === null) this.#term(token);
    // An operator without its value is being typed.
    else if (token.value !== '' && !this.#operator(token, token.operator)) {
      this.hints.push({ what: 'unknown-value', text: token.text });
      this.words.add({ kind: 'word', text: token.text, not: token.not });
    }
  }

  #term(token: Lexed): void {
    if (!token.quoted && !token.not && or.has(token.value)) return this.words.join();
    if (token.value === '') return;
    if (token.unknown !== null) this.hints.push({ what: 'unknown-operator', text: token.unknown });
    this.words.add({ kind: token.quoted ? 'phrase' : 'word', text: token.value, not: token.not });
  }

  /** False when the value is none that the operator knows. */
  #operator({ value, not }: Lexed, operator: Operator): boolean {
    if (operator === 'from') return this.from.push({ text: value.replace(/^@/, ''), not }) > 0;
    if (operator === 'in') return this.in.push({ text: value.replace(/^[#~]/, ''), not }) > 0;
    if (operator === 'has') return this.#known(this.has, carriedByName.get(folded(value)), not);
    if (operator === 'is') {
      const state = stateByName.get(folded(value));
      // What was read or not kept is nearly everything: nobody asks for it.
      return (!not || (state !== 'saved' && state !== 'unread')) && this.#known(this.is, state, not);
    }
    const days = daysOf(value, this.#today);
    // "Not on that day" would be two ranges; nobody asks for it.
    if (days === null || not) return false;
    this.#narrow(operator, days);
    return true;
  }

  #known<K>(list: { what: K; not: boolean }[], what: K | undefined, not: boolean): boolean {
    if (what === undefined) return false;
    list.push({ what, not });
    return true;
  }

  #narrow(operator: Operator, { since, until }: Days): void {
    const from = operator === 'before' ? null : operator === 'after' ? until : since;
    const to = operator === 'after' ? null : operator === 'before' ? since : until;
    if (from !== null && (this.since === null || from > this.since)) this.since = from;
    if (to !== null && (this.until === null || to < this.until)) this.until = to;
  }
}

/**
 * Reads a question as people type it: words, `"words in this order"`, `-without`, `this OR that`, and operators by their
 * French, English and Arabic names (`de:ada`, `from:ada`, `من:ada`). What is not understood is plain words, with a hint.
 * @param today YYYY-MM-DD where that person is
 */
export function readQuery(text: string, today: string): Query {
  const tokens = lex(text);
  const reading = new Reading(today);
  for (const token of tokens) reading.take(token);
  const { from, has, is, hints, since, until } = reading;
  return {
    words: reading.words.groups,
    from,
    in: reading.in,
    has,
    is,
    since,
    until,
    hints,
    tokens: tokens.map((one) => ({
      from: one.from,
      to: one.to,
      operator: one.operator,
      value: one.value,
      not: one.not,
    })),
  };
}

/** An operator with its value as one types it in a language; values with spaces are quoted. */
export function writeOperator(operator: Operator, value: string, locale: Locale): string {
  const [name] = operatorNames[operator][locale];
  return `${name}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;
}
