'use client';
import './voice.css';
import { voiceMsMax } from '@parvis/contract/limits';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { toast } from '@parvis/ui/Toast';
import { Square, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Recording, record } from './recorder.ts';

interface Props {
  /** The recording, to be sent with the message. */
  onVoice: (file: File) => void;
  onClose: () => void;
}

/** Records from the moment it is shown: how long it has been, stop and keep, throw away. Ends by itself at the limit. */
export function VoiceBar({ onVoice, onClose }: Props) {
  const t = useTranslations('chatVoice');
  const recording = useRef<Recording | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const end = useCallback(async () => {
    const one = recording.current;
    recording.current = null;
    if (one === null) return;
    onVoice(await one.stop());
    onClose();
  }, [onVoice, onClose]);
  const latest = useRef(end);
  latest.current = end;

  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setInterval> | undefined;
    const begin = async () => {
      try {
        const made = await record();
        if (gone) return made.drop();
        recording.current = made;
        const from = Date.now();
        setSeconds(0);
        timer = setInterval(() => {
          setSeconds(Math.floor((Date.now() - from) / 1_000));
          if (Date.now() - from >= voiceMsMax) void latest.current();
        }, 250);
      } catch {
        if (gone) return;
        toast(t('noMicrophone'), { tone: 'bad' });
        onClose();
      }
    };
    void begin();
    return () => {
      gone = true;
      clearInterval(timer);
      recording.current?.drop();
      recording.current = null;
    };
  }, [onClose, t]);

  const shown = seconds ?? 0;
  const time = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, '0')}`;
  return (
    <div className="chat-voice" role="group" aria-label={t('voice')}>
      <span className="chat-voice-dot" data-on={seconds !== null || undefined} aria-hidden="true" />
      <span role="status">{t(seconds === null ? 'asking' : 'recording')}</span>
      <span className="chat-voice-time" dir="ltr" role="timer" aria-label={t('time')}>
        {time}
      </span>
      <Button kind="quiet" size="small" icon={<Icon of={Trash2} size="s" />} onClick={onClose}>
        {t('drop')}
      </Button>
      <Button
        kind="main"
        size="small"
        icon={<Icon of={Square} size="s" />}
        disabled={seconds === null}
        onClick={() => void end()}
      >
        {t('stop')}
      </Button>
    </div>
  );
}
