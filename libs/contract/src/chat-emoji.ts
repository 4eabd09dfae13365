import { z } from 'zod';
import { emojiBytesMax, emojiNameLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { Done, Id, Instant, Nothing, Person } from './shape.ts';

/** Codes of custom emoji, besides the common ones. */
export const chatEmojiCodes = [
  'emoji-name-taken',
  'emoji-not-a-picture',
  'emoji-too-large',
  'too-many-emoji',
  'emoji-by-administrators',
] as const;

/** Small letters of any script, digits, `_`, `+` and `-`. In a text the emoji is `:name:`. */
export const EmojiName = z
  .string()
  .normalize('NFC')
  .min(2, { error: 'too-short' })
  .max(emojiNameLengthMax, { error: 'too-long' })
  .regex(/^[\p{Ll}\p{Lo}\p{M}\p{N}_+-]+$/u, { error: 'forbidden-characters' });

export const CustomEmoji = z.object({
  id: Id,
  name: z.string(),
  /** Path of its picture, which never changes. */
  picture: z.string(),
  by: Person.nullable(),
  at: Instant,
});
export type CustomEmoji = z.infer<typeof CustomEmoji>;

export const listEmoji = operation('GET', '/api/chat/emoji', {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'The emoji of this house, by name',
  input: Nothing,
  output: z.object({ emoji: z.array(CustomEmoji), mayAdd: z.boolean() }),
});
export const addEmoji = operation('POST', '/api/chat/emoji', {
  who: 'member',
  summary: 'Add an emoji: a small PNG, GIF or WebP picture, as base64',
  input: z.object({
    shortcode: EmojiName,
    picture: z
      .string()
      .max(Math.ceil(emojiBytesMax / 3) * 4, { error: 'too-long' })
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, { error: 'invalid' }),
  }),
  output: CustomEmoji,
});
export const removeEmoji = operation('DELETE', '/api/chat/emoji/:emojiId', {
  who: 'member',
  summary: 'Remove an emoji; whoever added it may, and administrators',
  input: z.object({ emojiId: Id }),
  output: Done,
});

/** Where the picture of an emoji is. */
export function emojiPicturePath(id: string): string {
  return `/api/chat/emoji/${id}/picture`;
}
