/** Three people and what they say; content words belong to one of them alone. For bench/scribe.ts. */

export interface Part {
  readonly name: string;
  /** A voice of espeak-ng and its pitch. */
  readonly voice: readonly [string, string];
  readonly sentences: readonly string[];
}

/** The first of each are enough for a quick look. */
export const quickSentences = 4;

export const parts: readonly Part[] = [
  {
    name: 'Grace',
    voice: ['en-us', '50'],
    sentences: [
      'The committee approved the winter timetable for the ferry.',
      'Passengers complained about cold cabins, so the captain ordered new heaters.',
      'Every island needs a safe crossing during the night.',
      'The workers repaired the lighthouse in September.',
      'Storms damaged the western harbour, and divers must look at the anchors.',
      'Tickets remain free for students and soldiers.',
      'The old engine must be cleaned before the next journey.',
      'A pilot from the mainland explained the dangerous current.',
      'Nobody wants to lose the summer festival on the beach.',
    ],
  },
  {
    name: 'Amina',
    voice: ['en-us+f2', '50'],
    sentences: [
      'We found a generous sponsor for the library windows.',
      'Many people borrow books about history and music.',
      'My budget leaves little money for dictionaries or maps.',
      'The teacher invited all parents to the concert on Friday.',
      'The painter finished the ceiling, but the carpet is still wet.',
      'Volunteers sort magazines and newspapers in the basement.',
      'Please count the chairs before the poet arrives.',
      'The architect presented a drawing of the reading room.',
      'Children love the puppet theatre behind the counter.',
    ],
  },
  {
    name: 'Carla',
    voice: ['en-us', '38'],
    sentences: [
      'My sister will send the letter to the doctor on Monday.',
      'Every patient receives a warm blanket and a glass of water.',
      'The hospital bought a new machine for the laboratory.',
      'Farmers bring fresh milk, butter and apples to our kitchen.',
      'The gardener planted roses between the chapel and the laundry.',
      'An ambulance stopped in front of the broken gate.',
      'Medicine should be locked inside the white cupboard.',
      'Her brother studies chemistry at the university.',
      'Visitors should leave their umbrellas beside the entrance.',
    ],
  },
];

/** Words as both sides are compared: small letters, British spelling of what both spell, no signs. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/harbor\b/g, 'harbour')
    .replaceAll(/theater\b/g, 'theatre')
    .replaceAll(/[^a-z' ]+/g, ' ')
    .split(' ')
    .filter((word) => word !== '');
}

/** Pairs of places at which two rows of words are the same, as few words as possible being changed between them. */
export function paired(
  one: readonly string[],
  other: readonly string[],
): { pairs: [number, number][]; errors: number } {
  const width = other.length + 1;
  const costs = new Uint32Array((one.length + 1) * width);
  const cost = (i: number, j: number) => costs[i * width + j] ?? 0;
  const same = (i: number, j: number) => (one[i - 1] === other[j - 1] ? 0 : 1);
  for (let i = 0; i <= one.length; i += 1)
    for (let j = 0; j <= other.length; j += 1)
      costs[i * width + j] =
        i === 0 || j === 0
          ? i + j
          : Math.min(cost(i - 1, j) + 1, cost(i, j - 1) + 1, cost(i - 1, j - 1) + same(i, j));
  const pairs: [number, number][] = [];
  for (let i = one.length, j = other.length; i > 0 && j > 0; ) {
    if (cost(i, j) === cost(i - 1, j - 1) + same(i, j)) {
      if (same(i, j) === 0) pairs.unshift([i - 1, j - 1]);
      i -= 1;
      j -= 1;
    } else if (cost(i, j) === cost(i - 1, j) + 1) i -= 1;
    else j -= 1;
  }
  return { pairs, errors: cost(one.length, other.length) };
}

/** Whose each word is, of those that only one of them says. */
export function ownersOf(
  said: readonly { readonly name: string; readonly words: readonly { readonly text: string }[] }[],
): Map<string, string> {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const one of said)
    for (const { text: word } of one.words) {
      if ((owners.get(word) ?? one.name) !== one.name) shared.add(word);
      owners.set(word, one.name);
    }
  for (const word of shared) owners.delete(word);
  return owners;
}
