import type { Locale } from '@parvis/contract/shape';

/** Sentences of an outline, rounds in which they weigh each other, sentences that do, and the share that goes from one to the next. */
const sentencesMax = 7;
const roundsMax = 30;
const weighedMax = 400;
const damping = 0.85;
/** Characters of a sentence that says something. */
const shortest = 25;

export interface OutlineLine {
  readonly id: string;
  readonly text: string;
}

/** Words that begin what was decided, or what somebody is to do, in the languages of the house. */
const decided =
  /\b(?:decid(?:e|ed|es)|agree(?:d|s)?|approv(?:e|ed|es)|adopted|we will go with|on (?:d[eé]cide|retient)|d[eé]cid(?:e|é|ons|er)|adopt(?:e|é|ons)|valid(?:e|é|ons)|approuv(?:e|é|ons)|d’accord)|(?:قررنا|نقرر|اتفقنا|اعتمدنا|وافق)/iu;
const todo =
  /\b(?:will (?:send|write|call|prepare|check|ask|finish|draft|review|do)|(?:has|have|need|needs) to|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow)|va (?:envoyer|pr[eé]parer|[eé]crire|appeler|v[eé]rifier|r[eé]diger|demander)|doit|devra|il faut|d’ici|avant (?:lundi|mardi|mercredi|jeudi|vendredi))|(?:سيرسل|سيحضر|سيكتب|يجب|علينا|سيتصل|سيراجع)/iu;

function wordsOf(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).map((word) => word.slice(0, 8)));
}

/**
 * The sentences that share most words with the others (as TextRank weighs them), in the order in which they were said,
 * and those in which something was decided or promised. Nothing is written that nobody said.
 */
export function outlineOf(lines: readonly OutlineLine[]) {
  const sentences = lines.flatMap(({ id, text }) =>
    text
      .split(/(?<=[.!?؟…])\s+/u)
      .map((one) => ({ text: one.trim(), lines: [id] }))
      .filter((one) => one.text.length >= shortest),
  );
  // Each is weighed against each: of a long meeting only every so many, for its outline is short all the same.
  const step = Math.ceil(sentences.length / weighedMax);
  const weighed = sentences.filter((_, at) => at % step === 0);
  const weights = ranked(weighed.map(({ text }) => wordsOf(text)));
  const best = weighed
    .map((sentence, at) => ({ sentence, weight: weights[at] ?? 0, at }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, sentencesMax)
    .sort((a, b) => a.at - b.at);
  return {
    summary: best.map(({ sentence }) => sentence),
    decisions: sentences.filter(({ text }) => decided.test(text)).slice(0, 20),
    tasks: sentences.filter(({ text }) => todo.test(text) && !decided.test(text)).slice(0, 30),
  };
}

/** How much each sentence is said by the others, after they have weighed each other often enough. */
function ranked(words: readonly Set<string>[]): number[] {
  const count = words.length;
  if (count === 0) return [];
  const near = words.map((mine, a) =>
    words.map((theirs, b) => {
      if (a === b || mine.size < 2 || theirs.size < 2) return 0;
      let shared = 0;
      for (const word of mine) if (theirs.has(word)) shared += 1;
      return shared / (Math.log(mine.size) + Math.log(theirs.size));
    }),
  );
  const sums = near.map((row) => row.reduce((sum, one) => sum + one, 0) || 1);
  let weights = words.map(() => 1 / count);
  for (let round = 0; round < roundsMax; round += 1)
    weights = weights.map(
      (_, a) =>
        (1 - damping) / count +
        damping *
          weights.reduce((sum, weight, b) => sum + (weight * (near[b]?.[a] ?? 0)) / (sums[b] ?? 1), 0),
    );
  return weights;
}

/** The language that most lines are in, as far as the house speaks it. */
export function languageOf(lines: readonly { language: string }[], otherwise: Locale): string {
  const counts = new Map<string, number>();
  for (const { language } of lines) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? otherwise;
}
