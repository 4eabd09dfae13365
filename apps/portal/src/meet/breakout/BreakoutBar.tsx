'use client';
import { Button } from '@parvis/ui/Button';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { useBreakouts } from './useBreakouts.ts';

/** Whole seconds until an instant, as they go by; null without one. */
function useSecondsTo(instant: string | null): number | null {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (instant === null) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [instant]);
  return instant === null ? null : Math.max(0, Math.round((Date.parse(instant) - now) / 1_000));
}

export function clock(seconds: number): string {
  const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600];
  const two = (value: number) => String(value).padStart(2, '0');
  const small = `${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
  return hours > 0 ? `${hours}:${small}` : small;
}

interface Props extends ReturnType<typeof useBreakouts> {}

/** In which room one is, for how long, and the way to the others; nothing while there are none. */
export function BreakoutBar(props: Props) {
  const { open } = props;
  return open === null ? null : <OpenBar {...props} open={open} />;
}

function OpenBar({ open, now, own, back, enter }: Props & { open: NonNullable<Props['open']> }) {
  const t = useTranslations('meetBreakout');
  const left = useSecondsTo(open.closesAt);
  const name = open.rooms.find(({ nr }) => nr === now)?.name;
  return (
    <div className="meet-strip-bar" role="status">
      <span className="p-grow">
        {name === undefined ? t('openNow', { count: open.rooms.length }) : t('inRoom', { name })}
        {open.calledBackAt !== null && ` ${t('called')}`}
      </span>
      {left !== null && (
        <span className="meet-clock" aria-live="off">
          <span className="p-sr">{t('left')}</span> {clock(left)}
        </span>
      )}
      {now !== null && (
        <Button size="small" onClick={back}>
          {t('back')}
        </Button>
      )}
      {now === null && own !== null && (
        <Button size="small" onClick={() => enter(own)}>
          {t('enterOwn')}
        </Button>
      )}
    </div>
  );
}
