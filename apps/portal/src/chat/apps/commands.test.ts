import { ownCommands } from '@parvis/contract/chat-command';
import { expect, test } from 'vitest';
import { commandOf, commandsIn } from './commands.ts';

test.each([
  ['/help', 'fr', { own: 'help', word: 'help', args: '' }],
  ['/aide', 'fr', { own: 'help', word: 'aide', args: '' }],
  ['/reunion', 'fr', { own: 'meet', word: 'reunion', args: '' }],
  ['/silence 1h', 'fr', { own: 'dnd', word: 'silence', args: '1h' }],
  ['/Sujet  Budget 2027', 'fr', { own: 'topic', word: 'sujet', args: 'Budget 2027' }],
  ['/موضوع الميزانية', 'ar', { own: 'topic', word: 'موضوع', args: 'الميزانية' }],
  ['/météo Lyon', 'fr', { own: null, word: 'météo', args: 'Lyon' }],
  ['/poll Midi ? | oui | non', 'en', { own: 'poll', word: 'poll', args: 'Midi ? | oui | non' }],
] as const)('%s is a command', (body, locale, typed) => {
  expect(commandOf(body, locale)).toEqual(typed);
});

test.each(['/etc/hosts', '/', '/ rien', 'a /help', '//help', '/-x', 'https://a.example'])(
  '%s is none',
  (body) => {
    expect(commandOf(body, 'fr')).toBeNull();
  },
);

test('every command has a word of its own in each language, and no program may take the English one', () => {
  for (const locale of ['fr', 'en', 'ar'] as const) {
    const found = commandsIn(locale, 'channel').map(({ word }) => word);
    expect(new Set(found).size).toBe(found.length);
    for (const word of found) expect(commandOf(`/${word}`, locale)?.own).not.toBeNull();
  }
  expect(
    commandsIn('en', 'channel').every(({ command }) => (ownCommands as readonly string[]).includes(command)),
  ).toBe(true);
});
