'use client';
import { call } from '@parvis/contract/call';
import { answerMeeting, type MeetingAnswer } from '@parvis/contract/meet-schedule';
import { Seg } from '@parvis/ui/Seg';
import { toast } from '@parvis/ui/Toast';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';

interface Props {
  meetingId: string;
  title: string;
  answer: MeetingAnswer | null;
  onAnswered?: () => void;
}

/** Yes, maybe, no: shown at once, and taken back when it was not kept. */
export function AnswerButtons({ meetingId, title, answer, onAnswered }: Props) {
  const t = useTranslations('meetings');
  const problem = useProblem();
  const [mine, setMine] = useState(answer);
  useEffect(() => setMine(answer), [answer]);
  async function say(id: string) {
    const next = id as MeetingAnswer;
    setMine(next);
    try {
      await call(answerMeeting, { id: meetingId, answer: next });
      onAnswered?.();
    } catch (error) {
      setMine(answer);
      toast(problem(error), { tone: 'bad' });
    }
  }
  return (
    <Seg
      label={t('answerTo', { title })}
      value={mine ?? ''}
      options={(['yes', 'maybe', 'no'] as const).map((id) => ({ id, label: t(`answers.${id}`) }))}
      onChange={(id) => void say(id)}
    />
  );
}
