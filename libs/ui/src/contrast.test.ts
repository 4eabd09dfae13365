import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
  .replace(/\/\*[\s\S]*?\*\//g, '')
  .replaceAll('"', "'");

type Colour = readonly [lightness: number, chroma: number, hue: number, alpha: number];
type Colours = ReadonlyMap<string, Colour>;

/** Rules of the sheet, in order: the media query they stand in, their selector, their declarations as written. */
function flat() {
  const found: { media: string; selector: string; body: string }[] = [];
  const pattern = /(@media[^{]+)\{|([^{}]+)\{([^{}]*)\}|(\})/g;
  let media = '';
  for (const [, opens, selector, body, closes] of css.matchAll(pattern)) {
    if (opens) media = opens.trim();
    else if (closes) media = '';
    else
      found.push({
        media,
        selector: (selector ?? '').trim(),
        body: (body ?? '').replace(/\s+/g, ' ').trim(),
      });
  }
  return found;
}

function coloursOf(body: string): Colours {
  const colours = new Map<string, Colour>();
  const pattern = /--([\w-]+):\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)/g;
  for (const [, name, l, c, h, alpha] of body.matchAll(pattern)) {
    colours.set(name ?? '', [Number(l), Number(c), Number(h), Number(alpha ?? 1)]);
  }
  return colours;
}

const all = flat();
const bodyOf = (selector: string, media = '') =>
  all.find((rule) => rule.media === media && rule.selector.includes(selector))?.body ?? '';
const deviceDark = '@media (prefers-color-scheme: dark)';
const deviceContrast = '@media (prefers-contrast: more) and (prefers-color-scheme: light)';
const deviceDarkContrast = '@media (prefers-contrast: more) and (prefers-color-scheme: dark)';

const light = coloursOf(bodyOf("[data-theme='light']"));
const over = (...sets: Colours[]): Colours => new Map(sets.flatMap((set) => [...set]));
const dark = over(light, coloursOf(bodyOf("[data-theme='dark']")));
const themes: Record<string, Colours> = {
  light,
  dark,
  contrast: over(light, coloursOf(bodyOf("[data-theme='contrast']"))),
  'dark with more contrast': over(dark, coloursOf(bodyOf("[data-theme='system']", deviceDarkContrast))),
};

/** Relative luminance (WCAG) of an OKLCH colour, clipped to the screen's gamut. */
function luminance([lightness, chroma, hue]: Colour): number {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, two: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(two)].sort((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['ground', 'paper', 'raised', 'well', 'hover'];
const meanings = ['terra', 'green', 'amber', 'red'];
const inks = ['ink', 'ink-2', 'ink-3', 'accent-ink', ...meanings.map((name) => `${name}-ink`)];
const people = [1, 2, 3, 4, 5, 6, 7, 8].map((hue) => `p${hue}`);

const text: [front: string, back: string][] = [
  ...surfaces.flatMap((back) => inks.map((front): [string, string] => [front, back])),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-press'],
  ['paper', 'ink'],
  ...['on-accent-wash', 'ink', 'ink-2'].map((front): [string, string] => [front, 'accent-wash']),
  ...meanings.flatMap((name) =>
    [`${name}-ink`, 'ink', 'ink-2'].map((front): [string, string] => [front, `${name}-wash`]),
  ),
  ['ink', 'mark'],
  ...people.map((hue): [string, string] => ['on-person', hue]),
  ...['stage', 'stage-2', 'stage-3'].flatMap((back): [string, string][] => [
    ['on-stage', back],
    ['on-stage-2', back],
  ]),
];
const controls: [front: string, back: string][] = [
  ...['ground', 'paper', 'raised', 'well'].flatMap((back) =>
    ['control-line', 'accent', ...meanings].map((front): [string, string] => [front, back]),
  ),
  ['raised', 'control-line'],
  ['speak', 'stage'],
  ['speak', 'stage-2'],
];

const weak = (colours: Colours, pairs: [string, string][], least: number) =>
  pairs.flatMap(([front, back]) => {
    const one = colours.get(front);
    const two = colours.get(back);
    if (!one || !two || one[3] !== 1 || two[3] !== 1) return [`${front} on ${back}: not a solid colour`];
    const ratio = contrast(one, two);
    return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : [];
  });

describe.each(Object.entries(themes))('in the set %s', (_name, colours) => {
  test('every text can be read on every surface it may stand on (4.5)', () => {
    expect(weak(colours, text, 4.5)).toEqual([]);
  });
  test('every control and every sign stands out from its surface (3)', () => {
    expect(weak(colours, controls, 3)).toEqual([]);
  });
});

test('in high contrast the text is far above the least (7)', () => {
  const contrastSet = themes.contrast ?? light;
  expect(
    weak(
      contrastSet,
      text.filter(([front]) => !front.startsWith('on-')),
      7,
    ),
  ).toEqual([]);
});

test('the measure itself agrees with known pairs', () => {
  expect(contrast([1, 0, 0, 1], [0, 0, 0, 1])).toBeCloseTo(21, 1);
  expect(weak(light, [['ink-3', 'ink-2']], 4.5)).toHaveLength(1);
});

test('the sets of the device repeat the chosen ones word for word', () => {
  expect(bodyOf("[data-theme='system']", deviceDark)).toBe(bodyOf("[data-theme='dark']"));
  expect(bodyOf("[data-theme='system']", deviceContrast)).toBe(bodyOf("[data-theme='contrast']"));
});

test('a chosen set leaves no colour of another one behind', () => {
  const names = (body: string) => new Set([...body.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
  const stage = /^(stage|on-stage|speak|on-person)/;
  const wanted = [...names(bodyOf("[data-theme='light']"))].filter((name) => !stage.test(name ?? ''));
  for (const theme of ['dark', 'contrast']) {
    const set = names(bodyOf(`[data-theme='${theme}']`));
    expect(wanted.filter((name) => !set.has(name))).toEqual([]);
  }
});

test('the parts take every colour from the tokens', () => {
  for (const file of [
    'base',
    'shell',
    'actions',
    'people',
    'fields',
    'floats',
    'states',
    'collections',
    'dates',
    'showcase',
  ]) {
    const part = readFileSync(new URL(`./${file}.css`, import.meta.url), 'utf8').replace(
      /\/\*[\s\S]*?\*\//g,
      '',
    );
    expect(part.match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(/gi), file).toBeNull();
    expect(
      part.match(
        /(margin|padding|border)-(left|right)\b|(^|[\s;{])(left|right|float):|text-align: (left|right)/g,
      ),
      file,
    ).toBeNull();
    const asked = [...part.matchAll(/var\(--([\w-]+)\s*([,)])/g)];
    const known = new Set([...css.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
    expect(
      asked
        .filter(([, name, end]) => end === ')' && !known.has(name) && name !== 'trigger-width')
        .map(([, name]) => name),
      file,
    ).toEqual([]);
  }
});
