'use client';
import './scribe.css';
import { Caption, captionTopic } from '@parvis/contract/shapes/meet-transcript';
import type { Room } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

/** Identity of the scribe: captions of anybody else are none. */
const scribe = 'scribe';
/** Captions on screen at once, and milliseconds after which one that does not grow goes away. */
const shownMax = 3;
const shownMs = 7_000;

type Shown = Caption & { readonly at: number };

function heard(text: string): Caption | null {
  try {
    return Caption.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function joinedWith(before: readonly Shown[], caption: Caption): readonly Shown[] {
  const next = { ...caption, at: Date.now() };
  const known = before.some(({ key }) => key === caption.key);
  const all = known ? before.map((one) => (one.key === caption.key ? next : one)) : [...before, next];
  return all.filter(({ text }) => text !== '').slice(-shownMax);
}

/** What is being said, as the scribe hears it: the last lines, growing while somebody speaks. */
export function Captions({ room }: { room: Room }) {
  const t = useTranslations('meetScribe');
  const [shown, setShown] = useState<readonly Shown[]>([]);
  useEffect(() => {
    room.registerTextStreamHandler(captionTopic, (reader, { identity }) => {
      if (identity !== scribe) return;
      void reader.readAll().then(
        (text) => {
          const caption = heard(text);
          if (caption !== null) setShown((before) => joinedWith(before, caption));
        },
        () => undefined,
      );
    });
    const timer = setInterval(
      () =>
        setShown((before) => {
          const now = Date.now();
          const left = before.filter(({ at }) => now - at < shownMs);
          return left.length === before.length ? before : left;
        }),
      1_000,
    );
    return () => {
      room.unregisterTextStreamHandler(captionTopic);
      clearInterval(timer);
    };
  }, [room]);
  if (shown.length === 0) return null;
  return (
    <div className="meet-captions" role="log" aria-label={t('captions')}>
      {shown.map(({ key, name, text, lang }) => (
        <p key={key} dir="auto" lang={lang}>
          <bdi className="meet-captions-who">{name}</bdi> {text}
        </p>
      ))}
    </div>
  );
}
