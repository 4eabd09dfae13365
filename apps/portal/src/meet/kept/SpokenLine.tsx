'use client';
import { call } from '@parvis/contract/call';
import { transcriptLineLengthMax } from '@parvis/contract/limits';
import { correctLine, getLineHistory, type TranscriptLine } from '@parvis/contract/meet-transcript';
import type { OutputOf } from '@parvis/contract/operation';
import { Avatar } from '@parvis/ui/Avatar';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { TextArea } from '@parvis/ui/TextField';
import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../../problems/useProblem.ts';
import { clockOf } from './clock.ts';

interface Props {
  line: TranscriptLine;
  /** When the first line began (Unix ms). */
  first: number;
  /** The same voice goes on: its face and name stand above. */
  again: boolean;
  plays: boolean;
  corrects: boolean;
  onPlay: (line: TranscriptLine) => void;
  onChange: () => Promise<void>;
}

/** One line of a transcript; its time is the way to that second of the recording. */
export function SpokenLine({ line, first, again, plays, corrects, onPlay, onChange }: Props) {
  const t = useTranslations('meetKept');
  const [edits, setEdits] = useState(false);
  const time = clockOf(Date.parse(line.startedAt) - first);
  return (
    <li id={`line-${line.id}`} className="kept-said" data-again={again || undefined}>
      {!again && (
        <span className="kept-who">
          <Avatar id={line.person?.id ?? line.name} name={line.name} size="s" />
          <bdi>{line.name}</bdi>
        </span>
      )}
      {plays ? (
        <button
          type="button"
          className="kept-time"
          aria-label={t('playFrom', { time, name: line.name })}
          onClick={() => onPlay(line)}
        >
          {time}
        </button>
      ) : (
        <span className="kept-time">{time}</span>
      )}
      {edits ? (
        <Correcting line={line} onClose={() => setEdits(false)} onChange={onChange} />
      ) : (
        <>
          <p className="kept-text" dir="auto" lang={line.language}>
            {line.text}
          </p>
          {line.correctedBy !== null && <Corrected line={line} by={line.correctedBy.name} />}
          {corrects && (
            <IconButton label={t('correct', { name: line.name, time })} onClick={() => setEdits(true)}>
              <Icon of={Pencil} size="s" />
            </IconButton>
          )}
        </>
      )}
    </li>
  );
}

interface CorrectingProps {
  line: TranscriptLine;
  onClose: () => void;
  onChange: () => Promise<void>;
}

function Correcting({ line, onClose, onChange }: CorrectingProps) {
  const t = useTranslations('meetKept');
  const problem = useProblem();
  const [text, setText] = useState(line.text);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function save() {
    setBusy(true);
    try {
      await call(correctLine, { id: line.id, text });
      await onChange();
      onClose();
    } catch (thrown) {
      setError(problem(thrown));
      setBusy(false);
    }
  }
  return (
    <form
      className="kept-correcting"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextArea
        label={t('whatWasSaid')}
        labelHidden
        dir="auto"
        rows={2}
        maxLength={transcriptLineLengthMax}
        value={text}
        error={error}
        // Whoever pressed the pencil wants to write.
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      />
      <div className="kept-acts">
        <Button size="small" kind="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button size="small" kind="main" type="submit" busy={busy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** Says that a line is not as the model wrote it, and shows what stood there before. */
function Corrected({ line, by }: { line: TranscriptLine; by: string }) {
  const t = useTranslations('meetKept');
  const [before, setBefore] = useState<OutputOf<typeof getLineHistory>['versions'] | null>(null);
  const turn = () => {
    if (before !== null) return setBefore(null);
    void call(getLineHistory, { id: line.id }).then(
      ({ versions }) => setBefore(versions),
      () => undefined,
    );
  };
  return (
    <span className="kept-corrected">
      <button type="button" className="p-link" aria-expanded={before !== null} onClick={turn}>
        {t('correctedBy', { name: by })}
      </button>
      {before !== null && (
        <ol>
          {before.map(({ text, at, by: writer }) => (
            <li key={`${at} ${text}`} dir="auto">
              {text}
              <span className="p-meta"> {writer?.name ?? t('theModel')}</span>
            </li>
          ))}
        </ol>
      )}
    </span>
  );
}
