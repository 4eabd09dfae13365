import { z } from 'zod';
import { operation, scopes } from './operation.ts';
import { ByIdInput, Done, Id, Instant, LineOrNothing, Name, Nothing, Person } from './shape.ts';

/** Codes of bots, besides the common ones. */
export const botCodes = ['too-many-bots', 'too-many-tokens', 'bots-by-administrators'] as const;

export const BotScope = z.enum(scopes);
export type BotScope = z.infer<typeof BotScope>;

/** A token as lists show it; what opens the door is told once, when it is made. */
export const BotToken = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(BotScope),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  /** To the minute; null for one that was never used. */
  usedAt: Instant.nullable(),
});
export type BotToken = z.infer<typeof BotToken>;

export const Bot = Person.extend({
  bot: z.literal(true),
  description: z.string(),
  /** Who answers for it. It is let in for as long as that person is. */
  owner: Person,
  /** False once it was stopped: its tokens open nothing, what it wrote stays. */
  running: z.boolean(),
  tokens: z.array(BotToken),
});
export type Bot = z.infer<typeof Bot>;

export const listBots = operation('GET', '/api/directory/bots', {
  who: 'member',
  summary: 'My bots and, for administrators, everybody’s',
  input: Nothing,
  output: z.object({ bots: z.array(Bot), mayCreate: z.boolean() }),
});
export const createBot = operation('POST', '/api/directory/bots', {
  who: 'member',
  summary: 'Make a bot: an account for a program, which answers to me',
  input: z.object({ name: Name, description: LineOrNothing }),
  output: Bot,
});
export const changeBot = operation('PATCH', '/api/directory/bots/:id', {
  who: 'member',
  summary: 'Rename a bot, stop it, or let it run again',
  input: z.object({
    id: Id,
    name: Name.optional(),
    description: LineOrNothing.unwrap().optional(),
    running: z.boolean().optional(),
  }),
  output: Bot,
});
export const createBotToken = operation('POST', '/api/directory/bots/:id/tokens', {
  who: 'member',
  summary: 'Make a token; what opens the door is told this once',
  input: z.object({
    id: Id,
    name: Name,
    scopes: z
      .array(BotScope)
      .min(1, { error: 'required' })
      .max(scopes.length, { error: 'too-long' })
      .refine((list) => new Set(list).size === list.length, { error: 'invalid' }),
    expiresAt: Instant.nullable().default(null),
  }),
  output: z.object({ bot: Bot, token: z.string() }),
});
export const revokeBotToken = operation('DELETE', '/api/directory/bots/:id/tokens/:tokenId', {
  who: 'member',
  summary: 'Take a token back, at once',
  input: ByIdInput.extend({ tokenId: Id }),
  output: Done,
});
