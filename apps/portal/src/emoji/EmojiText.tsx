'use client';
import './emoji.css';
import type { ReactNode } from 'react';
import { useHouseEmoji } from './house-emoji.ts';

const emoji = /:([\p{Ll}\p{Lo}\p{M}\p{N}_+-]{2,32}):/gu;

/** A text in which emoji of this house, written `:name:`, are their pictures; a name that is none stays as it is. */
export function EmojiText({ text }: { text: string }): ReactNode {
  const found = [...text.matchAll(emoji)];
  const pictures = useHouseEmoji(found.map(([, name = '']) => name));
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { 0: written, 1: name = '', index } of found) {
    const picture = pictures.get(name);
    if (picture === undefined) continue;
    parts.push(
      text.slice(from, index),
      <img
        key={index}
        className="house-emoji"
        src={picture}
        alt={written}
        title={written}
        draggable={false}
      />,
    );
    from = index + written.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Whether a text may name an emoji of this house. */
export function mayHaveEmoji(text: string): boolean {
  return text.includes(':') && text.search(emoji) >= 0;
}
