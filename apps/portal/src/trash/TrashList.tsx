'use client';
import { call } from '@parvis/contract/call';
import { restoreResource, trashResource } from '@parvis/contract/directory';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { exactTime, timeAway } from '@parvis/ui/format';
import { toast } from '@parvis/ui/Toast';
import { useRouter } from 'next/navigation';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { ThingIcon } from '../shell/ThingIcon.tsx';

interface Props {
  things: readonly Resource[];
  spaceTitles: Readonly<Record<string, string>>;
}

/** Lines of the trash. A restored one leaves at once; undo throws it away again. */
export function TrashList({ things, spaceTitles }: Props) {
  const t = useTranslations('trash');
  const router = useRouter();
  const problem = useProblem();
  const [busy, setBusy] = useState<string | null>(null);

  async function restore(thing: Resource) {
    setBusy(thing.id);
    try {
      await call(restoreResource, { id: thing.id });
      toast(t('restored', { name: thing.title }), {
        action: { label: t('undo'), onPress: () => void throwAway(thing) },
      });
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    } finally {
      setBusy(null);
      router.refresh();
    }
  }
  async function throwAway(thing: Resource) {
    await call(trashResource, { id: thing.id }).catch((error: unknown) =>
      toast(problem(error), { tone: 'bad' }),
    );
    router.refresh();
  }
  return (
    <ul className="p-lines" aria-label={t('list')}>
      {things.map((thing) => (
        <TrashLine
          key={thing.id}
          thing={thing}
          space={thing.spaceId === null ? undefined : spaceTitles[thing.spaceId]}
          busy={busy === thing.id}
          onRestore={() => void restore(thing)}
        />
      ))}
    </ul>
  );
}

function TrashLine(props: {
  thing: Resource;
  space: string | undefined;
  busy: boolean;
  onRestore: () => void;
}) {
  const { thing, space, busy, onRestore } = props;
  const t = useTranslations('trash');
  const shell = useTranslations('shell');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  return (
    <li>
      <span className="p-kind">
        <ThingIcon kind={thing.kind} />
      </span>
      <span className="row-text">
        <bdi>{thing.title}</bdi>
        <span className="p-meta">
          {shell(`kinds.${thing.kind}`)}
          {space !== undefined && <> {t.rich('in', { name: () => <bdi>{space}</bdi> })}</>}
          {thing.trashedAt !== null && (
            <>
              {' · '}
              <time dateTime={thing.trashedAt} title={exactTime(thing.trashedAt, locale, { timeZone })}>
                {t('at', { time: timeAway(thing.trashedAt, locale, now) })}
              </time>
            </>
          )}
        </span>
      </span>
      <Button busy={busy} onClick={onRestore} aria-label={t('restoreOf', { name: thing.title })}>
        {t('restore')}
      </Button>
    </li>
  );
}
