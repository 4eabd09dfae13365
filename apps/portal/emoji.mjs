#!/usr/bin/env node
/**
 * Writes the tables of the emoji picker (apps/portal/src/chat/emoji/*.json): order, groups and short names from
 * emojibase-data (MIT, Miles Johnson), names and words to find them by in three languages from cldr-annotations-full
 * (Unicode License v3, Unicode, Inc.). Both are too large to be installed for four small tables: unpack them anywhere,
 * name their folders, and commit what this writes.
 *
 *   npm pack emojibase-data@17.0.0 cldr-annotations-full@48.2.0     (and unpack both)
 *   node apps/portal/emoji.mjs FOLDER-OF-EMOJIBASE FOLDER-OF-CLDR
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [emojibase, cldr] = process.argv.slice(2);
if (!emojibase || !cldr) throw new Error('node apps/portal/emoji.mjs FOLDER-OF-EMOJIBASE FOLDER-OF-CLDR');
const target = fileURLToPath(new URL('./src/chat/emoji/', import.meta.url));
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));
/** Newer signs are boxes on devices in use. */
const versionMax = 15.1;
/** Groups of Unicode that make one of ours; 2 are parts of signs. */
const groups = [[0], [1], [3], [4], [5], [6], [7], [8], [9]];

const english = json(cldr, 'annotations', 'en', 'annotations.json').annotations.annotations;
const shortNames = json(emojibase, 'en', 'shortcodes', 'github.json');
const bare = (sign) => sign.replaceAll('\ufe0f', '');
const isFlag = (sign) => /^\p{Regional_Indicator}{2}$/u.test(sign);
/** What is a picture by itself needs no sign that says so: two spellings would be two reactions. */
const spelled = (sign) => sign.replaceAll(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');
const all = json(emojibase, 'en', 'data.json').filter(
  ({ group, version, emoji }) =>
    group !== undefined && version <= versionMax && (isFlag(emoji) || bare(emoji) in english),
);
const chosen = groups.map((numbers) =>
  all.filter(({ group }) => numbers.includes(group)).sort((one, other) => one.order - other.order),
);

/** A tone is chosen by adding it behind the first character: whether that gives the sign that Unicode has. */
function takesTone({ emoji, skins }) {
  const [first = ''] = emoji;
  const rest = bare(emoji).slice(first.length);
  return (skins ?? []).some((skin) => bare(skin.emoji) === `${first}🏻${rest}`);
}

write(
  'signs',
  chosen.map((signs) => signs.map((one) => spelled(one.emoji) + (takesTone(one) ? '+' : ''))),
);
for (const locale of ['fr', 'en', 'ar']) {
  const { annotations } = json(cldr, 'annotations', locale, 'annotations.json').annotations;
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const words = chosen.map((signs) =>
    signs.map((one) => {
      const known = annotations[bare(one.emoji)];
      const name = isFlag(one.emoji) ? countries.of(countryOf(one.emoji)) : (known?.tts?.[0] ?? '');
      const short = locale === 'en' ? [shortNames[one.hexcode] ?? []].flat() : [];
      const found = [...short, ...(known?.default ?? [])].filter((word) => word !== name);
      return [name, ...found].join('|');
    }),
  );
  write(locale, words);
}

/** The letters of a flag. */
function countryOf(flag) {
  return [...flag].map((letter) => String.fromCharCode(letter.codePointAt(0) - 0x1f1e6 + 65)).join('');
}

/** A group is one text, a sign in each of its lines: JSON that stays readable where it changes. */
function write(name, rows) {
  const texts = rows.map((row) => `  ${JSON.stringify(row.join('\n'))}`);
  writeFileSync(join(target, `${name}.json`), `[\n${texts.join(',\n')}\n]\n`);
}
