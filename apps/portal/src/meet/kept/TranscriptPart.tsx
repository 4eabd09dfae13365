'use client';
import { call } from '@parvis/contract/call';
import type { Meeting } from '@parvis/contract/meet';
import {
  deleteTranscript,
  exportTranscript,
  type Transcript,
  type TranscriptLine,
} from '@parvis/contract/meet-transcript';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { MenuLater } from '@parvis/ui/MenuLater';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { Download, Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { SpokenLine } from './SpokenLine.tsx';

interface Props {
  meeting: Meeting;
  transcript: Transcript;
  /** Whether there is a recording in which a line can be heard. */
  plays: boolean;
  onPlay: (line: TranscriptLine) => void;
  onChange: () => Promise<void>;
}

type Row =
  | { readonly kind: 'line'; readonly at: number; readonly line: TranscriptLine; readonly again: boolean }
  | { readonly kind: 'gap'; readonly at: number; readonly ms: number };

/** Lines and what is missing between them, in the order of time; whether a line goes on by the same voice. */
function rowsOf({ gaps, lines }: Transcript): Row[] {
  const all = [
    ...lines.map((line) => ({ kind: 'line' as const, at: Date.parse(line.startedAt), line })),
    ...gaps.map(({ from, to }) => ({
      kind: 'gap' as const,
      at: Date.parse(from),
      ms: Date.parse(to) - Date.parse(from),
    })),
  ].toSorted((a, b) => a.at - b.at);
  return all.map((row, nr) => {
    if (row.kind === 'gap') return row;
    const before = all[nr - 1];
    const again =
      before?.kind === 'line' &&
      before.line.name === row.line.name &&
      before.line.person?.id === row.line.person?.id;
    return { ...row, again };
  });
}

/** What was said, by whom and when: to be searched, heard, corrected and taken away. */
export function TranscriptPart({ meeting, transcript, plays, onPlay, onChange }: Props) {
  const t = useTranslations('meetKept');
  const locale = useLocale();
  const [wanted, setWanted] = useState('');
  const words = wanted.trim().toLocaleLowerCase();
  const first = Date.parse(transcript.lines[0]?.startedAt ?? '');
  const rows = rowsOf(transcript).filter(
    (row) =>
      words === '' ||
      (row.kind === 'line' && `${row.line.name} ${row.line.text}`.toLocaleLowerCase().includes(words)),
  );
  const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' });
  const languages = transcript.languages.map((one) => {
    try {
      return names.of(one) ?? one;
    } catch {
      return one;
    }
  });
  return (
    <section aria-labelledby="meeting-transcript">
      <div className="kept-line">
        <h2 id="meeting-transcript" className="p-grow">
          {t('transcript')}
        </h2>
        <TakeAway meeting={meeting} onChange={onChange} />
      </div>
      <p className="p-meta">
        {t('writtenBy', {
          model: transcript.models.join(', '),
          languages: new Intl.ListFormat(locale).format(languages),
        })}
      </p>
      <TextField
        label={t('search')}
        labelHidden
        placeholder={t('search')}
        type="search"
        start={<Icon of={Search} size="s" />}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {rows.length === 0 && <p role="status">{t('notFound')}</p>}
      <ol className="kept-lines">
        {rows.map((row) =>
          row.kind === 'gap' ? (
            <li key={`gap-${row.at}`} className="kept-gap">
              {t('missing', { count: Math.max(1, Math.round(row.ms / 1_000)) })}
            </li>
          ) : (
            <SpokenLine
              key={row.line.id}
              line={row.line}
              first={first}
              again={row.again && words === ''}
              plays={plays}
              corrects={meeting.myRole !== 'listener'}
              onPlay={onPlay}
              onChange={onChange}
            />
          ),
        )}
      </ol>
    </section>
  );
}

function TakeAway({ meeting, onChange }: Pick<Props, 'meeting' | 'onChange'>) {
  const t = useTranslations('meetKept');
  const problem = useProblem();
  const told = (act: Promise<unknown>) =>
    void act.catch((error: unknown) => toast(problem(error), { tone: 'bad' }));
  const save = (form: 'txt' | 'vtt') =>
    told(
      call(exportTranscript, { id: meeting.id, form }).then(({ name, mediaType, text }) => {
        const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
        const link = document.createElement('a');
        link.href = address;
        link.download = name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(address), 10_000);
      }),
    );
  return (
    <MenuLater
      align="end"
      label={t('takeAway')}
      groups={[
        {
          id: 'files',
          items: [
            { id: 'txt', label: t('asText'), onAction: () => save('txt') },
            { id: 'vtt', label: t('asSubtitles'), onAction: () => save('vtt') },
          ],
        },
        ...(meeting.myRole === 'organiser'
          ? [
              {
                id: 'end',
                items: [
                  {
                    id: 'delete',
                    label: t('deleteTranscript'),
                    note: t('deleteTranscriptNote'),
                    danger: true,
                    onAction: () => told(call(deleteTranscript, { id: meeting.id }).then(onChange)),
                  },
                ],
              },
            ]
          : []),
      ]}
      trigger={
        <Button size="small" icon={<Icon of={Download} size="s" />}>
          {t('takeAway')}
        </Button>
      }
    />
  );
}
