import type { MentionKind } from './chat-entry.ts';
import type { z } from 'zod';

/** A mention as it was written; the name is what the writer's screen showed. */
export interface WrittenMention {
  readonly kind: z.infer<typeof MentionKind>;
  readonly id: string | null;
  readonly name: string;
}

const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const mention =
  /@\[((?:[^\]\\\n]|\\.){1,200})\]\((person|group)\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)|(?<![\p{L}\p{N}_@/.])@(channel|here)(?![\p{L}\p{N}_])/gu;

/**
 * Whom a message mentions, each once, in the order of the text: `@[Name](person/<uuid>)`, `@[Name](group/<uuid>)`,
 * `@channel`, `@here`. What stands in code mentions nobody.
 */
export function mentionsIn(body: string): WrittenMention[] {
  if (!body.includes('@')) return [];
  const found = new Map<string, WrittenMention>();
  for (const [, name, kind, id, word] of body.replace(code, ' ').matchAll(mention)) {
    const one: WrittenMention =
      word === undefined
        ? {
            kind: kind as 'person' | 'group',
            id: id as string,
            name: (name as string).replace(/\\(.)/g, '$1'),
          }
        : { kind: word as 'channel' | 'here', id: null, name: word };
    const key = `${one.kind} ${one.id}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}
