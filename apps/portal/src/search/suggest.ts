import { type Query, type Token, writeOperator } from '@parvis/contract/chat-query';
import {
  carried,
  carriedNames,
  folded,
  meNames,
  type Operator,
  operatorNames,
  operators,
  stateNames,
  states,
} from '@parvis/contract/chat-query-names';
import type { Locale } from '@parvis/contract/shape';

/** A stretch of the question that a suggestion would take the place of. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** The operator whose value is being typed; null for a word. */
  readonly operator: Operator | null;
  readonly value: string;
  readonly not: boolean;
}

/** What is being typed at the caret; an empty word between two others. */
export function placeAt({ tokens }: Pick<Query, 'tokens'>, caret: number): Place {
  const token: Token | undefined = tokens.find(({ from, to }) => from < caret && caret <= to);
  return token ?? { from: caret, to: caret, operator: null, value: '', not: false };
}

export interface Suggestion {
  readonly id: string;
  /** What is put in the place; an operator without its value goes on being typed. */
  readonly text: string;
  readonly whole: boolean;
  /** The operator that it is about, for its words. */
  readonly operator: Operator;
  readonly value: string | null;
}

const days: Record<Locale, readonly string[]> = {
  fr: ['aujourd’hui', 'hier', 'semaine', 'mois'],
  en: ['today', 'yesterday', 'this-week', 'this-month'],
  ar: ['اليوم', 'أمس', 'الأسبوع', 'الشهر'],
};

/** Values of an operator that need nobody to be asked. */
function valuesOf(operator: Operator, locale: Locale): readonly string[] {
  if (operator === 'from') return [meNames[locale][0]];
  if (operator === 'in') return [];
  if (operator === 'has') return carried.map((what) => carriedNames[what][locale][0]);
  if (operator === 'is') return states.map((what) => stateNames[what][locale][0]);
  return days[locale];
}

/** An operator with its value, and the minus that stood before it. */
export function written(place: Place, operator: Operator, value: string, locale: Locale): string {
  return `${place.not ? '-' : ''}${writeOperator(operator, value, locale)}`;
}

/** What may stand in this place: operators whose name begins so, or values of the one that is being typed. */
export function suggestionsFor(place: Place, locale: Locale): Suggestion[] {
  const begun = folded(place.value);
  const { operator } = place;
  if (operator === null)
    return operators
      .filter((one) =>
        Object.values(operatorNames[one])
          .flat()
          .some((name) => folded(name).startsWith(begun)),
      )
      .map((one) => ({
        id: one,
        text: `${place.not ? '-' : ''}${operatorNames[one][locale][0]}:`,
        whole: false,
        operator: one,
        value: null,
      }));
  return valuesOf(operator, locale)
    .filter((value) => folded(value).startsWith(begun) && folded(value) !== begun)
    .map((value) => ({
      id: `${operator}-${value}`,
      text: written(place, operator, value, locale),
      whole: true,
      operator,
      value,
    }));
}

/** The question with something else in this place, and where the caret stands then. */
export function replaced(text: string, { from, to }: Pick<Place, 'from' | 'to'>, by: string, whole: boolean) {
  const before = `${text.slice(0, from)}${by}${whole ? ' ' : ''}`;
  return { text: before + text.slice(to).replace(/^\s+/, ''), caret: before.length };
}

/** The question without this stretch. */
export function without(text: string, { from, to }: Pick<Place, 'from' | 'to'>): string {
  return `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();
}

/** The words of a question alone, for those who know no operators. */
export function wordsOf({ words }: Pick<Query, 'words'>): string {
  return words
    .flat()
    .flatMap(({ text, not }) => (not ? [] : [text]))
    .join(' ');
}
