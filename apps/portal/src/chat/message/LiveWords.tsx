'use client';
import type { Message } from '@parvis/contract/chat-entry';
import { nameList } from '@parvis/ui/format';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { blocksOf } from './reading.ts';
import { wordsOf } from './tree.ts';

/** Characters of a message that are spoken; the rest is read in the list. */
const spokenLengthMax = 140;
/** Milliseconds in which what comes is said in one sentence. */
const gatherMs = 900;

const isGone = ({ deletedAt, hidden }: Message) => deletedAt !== null || hidden;

/**
 * Says in short what others have just written, for those who do not see it come. It is the only part of a list of
 * messages that speaks by itself: not my own words, not what was loaded, not each reaction.
 */
export function LiveWords({ messages, me }: { messages: readonly Message[]; me: string }) {
  const t = useTranslations('chatMessage');
  const locale = useLocale();
  const [spoken, setSpoken] = useState<{ words: string; seq: number | null }>({ words: '', seq: null });
  const last = messages.at(-1)?.seq ?? 0;
  const said = useRef(last);
  const latest = useRef(messages);
  latest.current = messages;
  useEffect(() => {
    if (last <= said.current) return;
    const timer = setTimeout(() => {
      const fresh = latest.current.filter(
        (one) => one.seq > said.current && one.sender.id !== me && !isGone(one),
      );
      said.current = Math.max(said.current, latest.current.at(-1)?.seq ?? 0);
      const [only] = fresh;
      if (only === undefined) return;
      const names = [...new Set(fresh.map(({ sender }) => sender.name))];
      const alone = fresh.length === 1;
      const words = alone
        ? t('says', { name: only.sender.name, words: wordsOf(blocksOf(only.body), spokenLengthMax) })
        : t('saysMany', { count: fresh.length, names: nameList(names, locale) });
      setSpoken({ words, seq: alone ? only.seq : null });
    }, gatherMs);
    return () => clearTimeout(timer);
  }, [last, me, t, locale]);
  // What is deleted leaves nothing of its text, here neither.
  const taken = messages.some((one) => one.seq === spoken.seq && isGone(one));
  return (
    <p className="p-sr" role="status" dir="auto">
      {taken ? '' : spoken.words}
    </p>
  );
}
