import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ReactElement } from 'react';
import { createElement as h } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Avatar, AvatarStack } from './Avatar.tsx';
import { Badge, Chip } from './Badge.tsx';
import { Banner, Truth } from './Banner.tsx';
import { Button, LinkButton } from './Button.tsx';
import { Checkbox, RadioGroup, Switch } from './Choice.tsx';
import { Count } from './Count.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { FileTile } from './FileTile.tsx';
import { Icon } from './Icon.tsx';
import { IconButton, IconLink } from './IconButton.tsx';
import { Kbd, Shortcut } from './Kbd.tsx';
import { Mark } from './Mark.tsx';
import { PersonChip } from './PersonChip.tsx';
import { Level, Meter, Progress } from './Progress.tsx';
import { Seg, SegLinks } from './Seg.tsx';
import { Skeleton, SkeletonLines } from './Skeleton.tsx';
import { Floor, SpaceTile } from './SpaceTile.tsx';
import { TabLinks } from './TabLinks.tsx';
import { TextArea, TextField } from './TextField.tsx';

const folder = new URL('./', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder).filter((file) => file.endsWith('.tsx'));
const require = createRequire(import.meta.url);

/** Parts that a server component may render and that send no script. */
const serverParts = [
  'Avatar',
  'Badge',
  'Banner',
  'Button',
  'Choice',
  'Count',
  'EmptyState',
  'ErrorState',
  'FileTile',
  'Glyph',
  'Icon',
  'IconButton',
  'Kbd',
  'Mark',
  'PersonChip',
  'Progress',
  'Seg',
  'Skeleton',
  'SpaceTile',
  'TabLinks',
  'TextField',
  'format',
].map((name) => `${name}.tsx`);

const options = [
  { id: 'a', label: 'A' },
  { id: 'b', label: 'B' },
];
const person = { id: '1', name: 'Inès Morvan' };
const shape = () => h('svg');

const shown: Record<string, ReactElement> = {
  Avatar: h(Avatar, person),
  AvatarStack: h(AvatarStack, { people: [person, { ...person, id: '2' }], max: 1, label: 'two' }),
  Badge: h(Badge, { tone: 'people', children: 'guest' }),
  Chip: h(Chip, { children: 'chip' }),
  Banner: h(Banner, { children: 'offline' }),
  Truth: h(Truth, { icon: null, children: 'saved' }),
  Button: h(Button, { children: 'go' }),
  LinkButton: h(LinkButton, { href: '/x', children: 'go' }),
  Checkbox: h(Checkbox, { label: 'yes' }),
  Switch: h(Switch, { label: 'on' }),
  RadioGroup: h(RadioGroup, { label: 'which', name: 'r', options, defaultValue: 'a' }),
  Count: h(Count, { value: 3 }),
  EmptyState: h(EmptyState, { title: 'nothing' }),
  ErrorState: h(ErrorState, { title: 'failed' }),
  FileTile: h(FileTile, { name: 'a.pdf', icon: null }),
  Icon: h(Icon, { of: shape }),
  IconButton: h(IconButton, { label: 'more', children: null }),
  IconLink: h(IconLink, { label: 'back', href: '/', children: null }),
  Kbd: h(Kbd, { children: 'Esc' }),
  Shortcut: h(Shortcut, { keys: 'Esc', children: 'close' }),
  Mark: h(Mark, { label: 'Parvis' }),
  PersonChip: h(PersonChip, { ...person, guest: 'guest' }),
  Level: h(Level, { label: 'sound', value: 0.5 }),
  Meter: h(Meter, { label: 'used', value: 0.5, valueText: 'half' }),
  Progress: h(Progress, { label: 'up', value: 0.5 }),
  Seg: h(Seg, { label: 'which', options, defaultValue: 'a' }),
  SegLinks: h(SegLinks, {
    label: 'which',
    options: options.map((one) => ({ ...one, href: `/${one.id}` })),
    current: 'a',
  }),
  Skeleton: h(Skeleton, {}),
  SkeletonLines: h(SkeletonLines, { label: 'coming' }),
  SpaceTile: h(SpaceTile, { id: 'x' }),
  Floor: h(Floor, {}),
  TabLinks: h(TabLinks, { label: 'tabs', tabs: [{ id: 'a', title: 'A', href: '/a' }], current: 'a' }),
  TextField: h(TextField, { label: 'name', help: 'short', error: 'taken' }),
  TextArea: h(TextArea, { label: 'note' }),
};

/** Every module that a file reaches, itself included; packages by their name. */
function reach(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, kind, from] of read(file).matchAll(/^(import|export)[^;]*? from '([^']+)';/gm)) {
    if (kind && from?.startsWith('./') && from.endsWith('.tsx')) reach(from.slice(2), found);
    else if (from) found.add(from);
  }
  return found;
}

const withoutTypes = (source: string) => source.replace(/^import type [^;]+;$/gm, '');

describe('parts for the server', () => {
  test.each(Object.entries(shown))('%s is drawn without a browser', (_name, element) => {
    expect(renderToStaticMarkup(element)).toMatch(/^<\w+/);
  });

  test.each(serverParts)('%s and all it imports need neither a browser nor a script', (file) => {
    const known = new Set(
      Object.keys(
        require(require.resolve('react/package.json').replace('package.json', 'react.react-server.js')),
      ),
    );
    for (const module of reach(file)) {
      if (!module.endsWith('.tsx')) {
        expect(['react'], `${file} reaches ${module}`).toContain(module);
        continue;
      }
      const source = withoutTypes(read(module));
      expect(source.startsWith("'use client'"), `${module} is for the browser only`).toBe(false);
      for (const [, names] of source.matchAll(/import \{([^}]+)\} from 'react';/g)) {
        for (const name of (names ?? '')
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean)) {
          expect([...known], `${module} takes ${name} from react`).toContain(name);
        }
      }
    }
  });

  test('each part that is not listed here says that it is for the browser', () => {
    const others = files.filter((file) => !serverParts.includes(file) && file !== 'ShowcaseSet.tsx');
    expect(others.filter((file) => !read(file).startsWith("'use client';"))).toEqual([]);
  });
});

describe('the weight of parts', () => {
  test('no part takes the whole of react-aria-components or of lucide', () => {
    const sources = files
      .filter((file) => !file.startsWith('Showcase'))
      .map((file) => [file, read(file)] as const);
    expect(
      sources
        .filter(([, source]) => /from '(react-aria-components|react-aria|lucide-react)'/.test(source))
        .map(([file]) => file),
    ).toEqual([]);
  });
  test('toasts, panes, drop zones and the palette need no react-aria', () => {
    for (const file of ['Toast.tsx', 'SplitView.tsx', 'DropZone.tsx', 'CommandPalette.tsx']) {
      expect(
        [...reach(file)].filter((module) => module.startsWith('react-aria')),
        file,
      ).toEqual([]);
    }
  });
});

describe('what people meet', () => {
  const html = (name: keyof typeof shown) => renderToStaticMarkup(shown[name]);
  test('a field in error says so to those who do not see red', () => {
    const field = html('TextField');
    const described = /aria-describedby="([^"]+)"/.exec(field)?.[1]?.split(' ') ?? [];
    expect(described).toHaveLength(2);
    for (const id of described) expect(field).toContain(`id="${id}"`);
    expect(field).toContain('aria-invalid="true"');
    expect(field).toContain('role="alert"');
  });
  test('a busy button keeps its place and cannot send a form twice', () => {
    const busy = renderToStaticMarkup(h(Button, { busy: true, type: 'submit', children: 'send' }));
    expect(busy).toContain('type="button"');
    expect(busy).toContain('aria-disabled="true"');
    expect(busy).not.toContain(' disabled');
  });
  test('an icon alone has a name, said once', () => {
    expect(html('IconButton')).toContain('aria-label="more"');
    expect(html('IconButton').replace(/<[^>]*>/g, '')).toBe('');
  });
  test('a name is isolated from the direction around it', () => {
    expect(html('PersonChip')).toContain('<bdi');
  });
  test('nothing to count shows nothing', () => {
    expect(renderToStaticMarkup(h(Count, { value: 0 }))).toBe('');
    expect(renderToStaticMarkup(h(Count, { value: 100 }))).toContain('99+');
  });
  test('script in a name is text', () => {
    const made = renderToStaticMarkup(h(PersonChip, { id: 'x', name: '<img src=x onerror=alert(1)>' }));
    expect(made).not.toContain('<img');
  });
});

test('the three languages of the page of parts have the same words, none empty', () => {
  const words = ['fr', 'en', 'ar'].map(
    (language) => JSON.parse(read(`showcase.${language}.json`)) as Record<string, string>,
  );
  const [french = {}, english = {}, arabic = {}] = words;
  expect(Object.keys(english)).toEqual(Object.keys(french));
  expect(Object.keys(arabic)).toEqual(Object.keys(french));
  for (const language of words)
    expect(Object.values(language).filter((text) => text.trim() === '')).toEqual([]);
});
