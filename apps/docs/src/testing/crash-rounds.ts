/** Somebody who writes into a document and hears what others write, over whatever protocol. */
export interface Hand {
  type(word: string): void;
  /** The first so many of the words that it typed were acknowledged. */
  readonly acknowledged: number;
  readonly text: string;
  readonly open: boolean;
  destroy(): void;
}

/** Where they write, and how it ends. */
export interface Place {
  readonly documents: number;
  readonly writersEach: number;
  /** Milliseconds after which a word that a newcomer has not received counts as lost; by default those of a slow machine. */
  readonly lateMsMax?: number;
  /** A newcomer without a copy. */
  join(document: number): Promise<Hand>;
}

/** What became of the words. All losses are promises broken, all other counts show that there was something to lose. */
export interface Tally {
  typed: number;
  acknowledged: number;
  acknowledgedLost: number;
  seen: number;
  seenLost: number;
  doubled: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Milliseconds between two words of one writer. */
const typingMs = 8;
/** Milliseconds that what was on its way at the crash may take to arrive. */
const arrivingMs = 30;
const lateMsMax = 60_000;
/** Words that are acknowledged and seen in a round before it ends; on a busy machine they take longer than it would. */
const wordsMin = 24;
const roundMsMax = 60_000;
const wordShape = /<[^<>]+>/g;

/** Rounds of writing that end in a crash. Nobody comes back with a copy: what the server lost is lost. */
export class CrashRounds {
  readonly tally: Tally = {
    typed: 0,
    acknowledged: 0,
    acknowledgedLost: 0,
    seen: 0,
    seenLost: 0,
    doubled: 0,
  };
  readonly #place: Place;
  #rounds = 0;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Writes for `ms`, lets `crash` happen while writing goes on, lets `recover` mend it and counts what is left. */
  async round(ms: number, crash: () => Promise<void>, recover: () => Promise<void>): Promise<void> {
    const round = this.#rounds++;
    const documents = Array.from({ length: this.#place.documents }, (_, index) => index);
    const writers = await Promise.all(
      documents.flatMap((document) =>
        Array.from({ length: this.#place.writersEach }, () => this.#place.join(document)),
      ),
    );
    const readers = await Promise.all(documents.map((document) => this.#place.join(document)));
    const typed: string[][] = writers.map(() => []);
    let crashed = false;
    const enough = async () => {
      const until = Date.now() + roundMsMax;
      const isEnough = () =>
        writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0) >= wordsMin &&
        readers.flatMap(({ text }) => text.match(new RegExp(`<${round}\\.`, 'g')) ?? []).length >= wordsMin;
      while (!isEnough() && Date.now() < until) await pause(typingMs);
    };
    const ending = pause(ms)
      .then(enough)
      .then(crash)
      .finally(() => {
        crashed = true;
      });
    while (!crashed) {
      for (const [index, writer] of writers.entries()) {
        if (!writer.open) continue;
        const words = typed[index] as string[];
        const word = `<${round}.${index}.${words.length}>`;
        words.push(word);
        writer.type(word);
      }
      await pause(typingMs);
    }
    await ending;
    await pause(arrivingMs);
    const acknowledged = writers.map((writer, index) => (typed[index] ?? []).slice(0, writer.acknowledged));
    const seen = readers.map((reader) => reader.text.match(wordShape) ?? []);
    for (const one of [...writers, ...readers]) one.destroy();
    await recover();
    for (const document of documents) {
      const owed = acknowledged.filter(
        (_, index) => Math.floor(index / this.#place.writersEach) === document,
      );
      await this.#count(document, owed.flat(), seen[document] ?? []);
    }
    this.tally.typed += typed.flat().length;
  }

  async #count(document: number, acknowledged: readonly string[], seen: readonly string[]): Promise<void> {
    const newcomer = await this.#place.join(document);
    const wordsNow = () => newcomer.text.match(wordShape) ?? [];
    // A process that lives on hears of what the killed one wrote when it next looks at the log: late is not lost.
    const deadline = Date.now() + (this.#place.lateMsMax ?? lateMsMax);
    for (let kept = new Set(wordsNow()); Date.now() < deadline; kept = new Set(wordsNow())) {
      if ([...acknowledged, ...seen].every((word) => kept.has(word))) break;
      await pause(typingMs);
    }
    const words = wordsNow();
    newcomer.destroy();
    const kept = new Set(words);
    this.tally.doubled += words.length - kept.size;
    this.tally.acknowledged += acknowledged.length;
    this.tally.acknowledgedLost += acknowledged.filter((word) => !kept.has(word)).length;
    this.tally.seen += seen.filter((word) => word.startsWith(`<${this.#rounds - 1}.`)).length;
    this.tally.seenLost += seen.filter((word) => !kept.has(word)).length;
  }
}
