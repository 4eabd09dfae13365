import { z } from 'zod';
import { Command, HookAddress } from './chat-hook.ts';
import { commandWordLengthMax, messageLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, LineOrNothing } from './shape.ts';

/** Commands that the house answers itself; no integration takes one of these words. */
export const ownCommands = [
  'help',
  'me',
  'topic',
  'invite',
  'leave',
  'mute',
  'remind',
  'poll',
  'meet',
  'status',
  'dnd',
  'search',
] as const;
export type OwnCommand = (typeof ownCommands)[number];

/** A word after the slash: small letters of any script, digits and `-`. */
export const CommandWord = z
  .string()
  .normalize('NFC')
  .min(1, { error: 'required' })
  .max(commandWordLengthMax, { error: 'too-long' })
  .regex(/^[\p{Ll}\p{Lo}\p{M}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}-]*$/u, { error: 'forbidden-characters' });

export const listCommands = operation('GET', '/api/chat/channels/:id/commands', {
  who: 'signed-in',
  summary: 'Commands that programs answer in a channel',
  input: ByIdInput,
  output: z.object({ commands: z.array(z.object({ word: z.string(), hint: z.string() })) }),
});
export const createCommand = operation('POST', '/api/chat/channels/:id/commands', {
  who: 'member',
  summary: 'Have a program answer a command; the secret it checks signatures with is told this once',
  input: ByIdInput.extend({ word: CommandWord, hint: LineOrNothing, url: HookAddress }),
  output: z.object({ command: Command, secret: z.string() }),
});
export const deleteCommand = operation('DELETE', '/api/chat/channels/:id/commands/:commandId', {
  who: 'member',
  summary: 'Remove a command',
  input: ByIdInput.extend({ commandId: Id }),
  output: Done,
});
export const runCommand = operation('POST', '/api/chat/channels/:id/commands/run', {
  who: 'signed-in',
  summary: 'Give a command to the program that answers it; what it says to me alone is the answer',
  input: ByIdInput.extend({
    word: CommandWord,
    args: z.string().max(messageLengthMax, { error: 'too-long' }),
  }),
  output: z.object({ reply: z.string().nullable(), posted: z.boolean() }),
});
