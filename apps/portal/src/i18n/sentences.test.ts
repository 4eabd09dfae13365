import { readdirSync, readFileSync } from 'node:fs';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { accessCodes } from '@parvis/access/errors';
import { botCodes } from '@parvis/contract/bot';
import { chatCodes } from '@parvis/contract/chat';
import { chatMessageCodes } from '@parvis/contract/chat-message';
import { chatChannelCodes } from '@parvis/contract/chat-channel';
import { chatHookCodes } from '@parvis/contract/chat-hook';
import { chatEmojiCodes } from '@parvis/contract/chat-emoji';
import { chatDraftCodes } from '@parvis/contract/chat-draft';
import { chatPollCodes } from '@parvis/contract/chat-poll';
import { chatSavedCodes } from '@parvis/contract/chat-saved';
import { chatScheduledCodes } from '@parvis/contract/chat-scheduled';
import { chatRetentionCodes } from '@parvis/contract/chat-retention';
import { directoryCodes, signInProblems } from '@parvis/contract/directory';
import { docCommentsCodes } from '@parvis/contract/doc-comments';
import { docConversionCodes } from '@parvis/contract/doc-conversion';
import { docHistoryCodes } from '@parvis/contract/doc-history';
import { docListCodes } from '@parvis/contract/doc-list';
import { docsCodes } from '@parvis/contract/docs';
import { driveCodes } from '@parvis/contract/drive';
import { meetCodes } from '@parvis/contract/meet';
import { meetScheduleCodes } from '@parvis/contract/meet-schedule';
import { meetMinutesCodes } from '@parvis/contract/meet-minutes';
import { meetRecordCodes } from '@parvis/contract/meet-record';
import { meetTranscriptCodes } from '@parvis/contract/meet-transcript';
import { notifyPushCodes } from '@parvis/contract/notify-push';
import { commonCodes } from '@parvis/contract/problem';
import { sharingCodes } from '@parvis/contract/sharing';
import { describe, expect, test } from 'vitest';
import { locales } from './locale.ts';
import { type Domain, domains, nameOf, sentences } from './sentences.ts';

const source = new URL('../', import.meta.url);

function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, one]) => flatten(one, path ? `${path}.${key}` : key));
}

const texts = new Map(
  await Promise.all(
    locales.map(async (locale) => {
      const all = await sentences(locale);
      const byDomain = domains.map((domain) => [domain, new Map(flatten(all[nameOf(domain)]))] as const);
      return [locale, new Map<Domain, Map<string, string>>(byDomain)] as const;
    }),
  ),
);
const of = (locale: (typeof locales)[number], domain: Domain) =>
  texts.get(locale)?.get(domain) ?? new Map<string, string>();

/** The text of every component and module of the portal, without tests. */
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => readFileSync(new URL(path, source), 'utf8'));

/** The plurals of a sentence, and those inside their branches. */
function pluralsIn(elements: readonly MessageFormatElement[]): string[][] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return pluralsIn(element.children);
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inside = Object.values(element.options).flatMap((option) => pluralsIn(option.value));
    return element.type === TYPE.plural ? [Object.keys(element.options), ...inside] : inside;
  });
}

/**
 * Plurals of verbs beside a list of names, which is never empty and never as long as a hundred: Arabic verbs know one,
 * two and more, so its other three forms would be three times the same words.
 */
const verbs = new Set(['chat.typing']);
/** Forms of Arabic that every noun after a number needs. */
const arabicForms = ['zero', 'one', 'two', 'few', 'many', 'other'];
/** Plurals inside the branch of another number, which can only be some of the numbers. */
const innerForms = ['one', 'two', 'few', 'many', 'other'];

describe.each(domains)('the sentences of %s', (domain) => {
  test('are there in all three languages, under the same keys', () => {
    const french = [...of('fr', domain).keys()].sort();
    expect(french.length).toBeGreaterThan(0);
    for (const locale of locales) expect([...of(locale, domain).keys()].sort(), locale).toEqual(french);
  });

  test('are ICU messages that can be read, in every language', () => {
    for (const locale of locales) {
      for (const [key, text] of of(locale, domain))
        expect(() => parse(text), `${locale} ${domain}.${key}: ${text}`).not.toThrow();
    }
  });

  test('have all six forms of Arabic wherever a number decides', () => {
    for (const [key, text] of of('ar', domain)) {
      const name = `${domain}.${key}`;
      if (verbs.has(name)) continue;
      const [outer, ...inner] = pluralsIn(parse(text));
      if (outer) expect(outer, name).toEqual(arabicForms);
      for (const forms of inner) expect(forms, name).toEqual(expect.arrayContaining(innerForms));
    }
  });
});

test('every code that a service may refuse with has a sentence', () => {
  const codes = [
    ...commonCodes,
    ...directoryCodes,
    ...signInProblems,
    ...botCodes,
    ...chatCodes,
    ...chatMessageCodes,
    ...chatDraftCodes,
    ...chatPollCodes,
    ...chatSavedCodes,
    ...chatScheduledCodes,
    ...chatChannelCodes,
    ...chatRetentionCodes,
    ...chatEmojiCodes,
    ...chatHookCodes,
    ...docListCodes,
    ...docsCodes,
    ...docCommentsCodes,
    ...docConversionCodes,
    ...docHistoryCodes,
    ...driveCodes,
    ...meetCodes,
    ...meetScheduleCodes,
    ...meetMinutesCodes,
    ...meetRecordCodes,
    ...meetTranscriptCodes,
    ...notifyPushCodes,
    ...sharingCodes,
    ...accessCodes,
    'offline',
  ];
  for (const locale of locales) {
    const known = of(locale, 'problems');
    expect(
      codes.filter((code) => !known.has(code)),
      locale,
    ).toEqual([]);
  }
});

test('every sentence is asked for somewhere', () => {
  const all = code.join('\n');
  /** Beginnings of keys that the code completes: `t(`themes.${theme}`)`. */
  const begun = [...all.matchAll(/`([\w-]+(?:\.[\w-]+)*)\.\$\{/g)].map((match) => `${match[1]}.`);
  const unused = domains
    // Problems are asked for by the code that a service gave; the test above holds them to it.
    .filter((domain) => domain !== 'problems')
    .flatMap((domain) =>
      [...of('fr', domain).keys()]
        .filter((key) => !begun.some((start) => key.startsWith(start)))
        // By itself, or by its whole name where one list has the words of several domains.
        .filter((key) => !all.includes(`'${key}'`) && !all.includes(`'${nameOf(domain)}.${key}'`))
        .map((key) => `${domain}.${key}`),
    );
  expect(unused).toEqual([]);
});
