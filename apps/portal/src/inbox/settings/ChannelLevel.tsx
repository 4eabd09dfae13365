'use client';
import { call } from '@parvis/contract/call';
import { getLevel, type Level, setLevel } from '@parvis/contract/notify-settings';
import { Select } from '@parvis/ui/Select';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';

const levels = ['all', 'mentions', 'none'] as const;

/** What I want to hear of one channel. */
export function ChannelLevel({ channelId }: { channelId: string }) {
  const t = useTranslations('inboxSettings');
  const problem = useProblem();
  const router = useRouter();
  const [chosen, setChosen] = useState<{ level: Level | null; usual: Level } | null>(null);
  useEffect(() => {
    let left = false;
    call(getLevel, { id: channelId }).then(
      (known) => !left && setChosen(known),
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [channelId]);

  async function choose(id: string) {
    const level = levels.find((one) => one === id) ?? null;
    try {
      setChosen(await call(setLevel, { id: channelId, level }));
      // A channel of which nothing is heard counts nothing as unread.
      router.refresh();
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  if (chosen === null) return null;
  return (
    <Select
      label={t('channelLevel')}
      options={[
        { id: 'usual', label: t('asUsual', { level: t(`levels.${chosen.usual}`) }) },
        ...levels.map((id) => ({ id, label: t(`levels.${id}`) })),
      ]}
      value={chosen.level ?? 'usual'}
      onChange={(id) => void choose(id)}
    />
  );
}
