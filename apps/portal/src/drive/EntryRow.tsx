'use client';
import { call } from '@parvis/contract/call';
import { restoreResource, trashResource } from '@parvis/contract/directory';
import { contentPath } from '@parvis/contract/content-path';
import type { Entry } from '@parvis/contract/drive';
import { FileName } from '@parvis/ui/FileTile';
import { exactTime, fileSize, relativeTime } from '@parvis/ui/format';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { MenuLater } from '@parvis/ui/MenuLater';
import { toast } from '@parvis/ui/Toast';
import { Download, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLocale, useNow, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo, withLink } from '../shell/resource-way.ts';
import { dayOf } from './day.ts';
import { EntryGlyph } from './kinds.tsx';

const NameDialog = dynamic(() => import('./NameDialog.tsx').then((part) => part.NameDialog), { ssr: false });

/** One thing in a folder, with what may be done with it. */
export function EntryRow({ entry, link }: { entry: Entry; link: string | undefined }) {
  const t = useTranslations('drive');
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const router = useRouter();
  const problem = useProblem();
  const [naming, setNaming] = useState(false);
  const { file } = entry;

  async function restore() {
    await call(restoreResource, { id: entry.id }).catch((error: unknown) =>
      toast(problem(error), { tone: 'bad' }),
    );
    router.refresh();
  }
  async function remove() {
    try {
      await call(trashResource, { id: entry.id });
      router.refresh();
      toast(t('trashed', { name: entry.title }), {
        action: { label: t('undo'), onPress: () => void restore() },
      });
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    }
  }
  const acts = [
    ...(file !== null && file.verdict !== 'infected'
      ? [
          {
            id: 'download',
            label: t('download'),
            icon: <Icon of={Download} size="s" />,
            onAction: () => window.location.assign(withLink(contentPath(entry.id), link)),
          },
        ]
      : []),
    ...(entry.abilities.edit
      ? [
          {
            id: 'rename',
            label: t('rename'),
            icon: <Icon of={Pencil} size="s" />,
            onAction: () => setNaming(true),
          },
          {
            id: 'trash',
            label: t('trash'),
            icon: <Icon of={Trash2} size="s" />,
            danger: true,
            onAction: () => void remove(),
          },
        ]
      : []),
  ];
  return (
    <div className="drive-row" role="row">
      <span role="cell" className="drive-name">
        <EntryGlyph kind={entry.kind} mediaType={file?.mediaType} />
        <Link href={withLink(wayTo(entry), link)}>
          {file === null ? <bdi>{entry.title}</bdi> : <FileName name={entry.title} />}
        </Link>
        {entry.keptUntil !== null && (
          <span className="p-meta drive-until">{t('until', { day: dayOf(entry.keptUntil, locale) })}</span>
        )}
        {file?.verdict === 'infected' && <span className="drive-infected">{t('infected')}</span>}
      </span>
      <span role="cell" className="p-meta">
        <time dateTime={entry.updatedAt} title={exactTime(entry.updatedAt, locale, { timeZone })}>
          {relativeTime(entry.updatedAt, locale, now, { timeZone })}
        </time>
      </span>
      <span role="cell" className="p-meta drive-size">
        {file === null ? '—' : fileSize(file.sizeBytes, locale)}
      </span>
      <span role="cell" className="drive-acts">
        {acts.length > 0 && (
          <MenuLater
            trigger={
              <IconButton label={t('actionsFor', { name: entry.title })} tipAlign="end">
                <Icon of={Ellipsis} />
              </IconButton>
            }
            label={t('actionsFor', { name: entry.title })}
            align="end"
            groups={[{ id: 'acts', items: acts }]}
          />
        )}
        {naming && <NameDialog entry={entry} close={() => setNaming(false)} />}
      </span>
    </div>
  );
}
