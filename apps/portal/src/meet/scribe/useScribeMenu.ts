'use client';
import { call } from '@parvis/contract/call';
import { startRecording, stopRecording } from '@parvis/contract/meet-record';
import type { RoomState } from '@parvis/contract/meet-room';
import { startCaptions, stopCaptions } from '@parvis/contract/meet-transcript';
import type { MenuAction } from '@parvis/ui/Menu';
import { useTranslations } from 'next-intl';
import { useTold } from '../room/useTold.ts';
import type { Visit } from '../visit.ts';
import type { useListening } from './useListening.ts';

interface Asked {
  visit: Visit;
  state: RoomState;
  organiser: boolean;
  speaks: boolean;
  /** One is in a breakout room, where the scribe does not listen. */
  apart: boolean;
  listening: ReturnType<typeof useListening>['listening'];
}

/** What one may ask of the scribe here; what cannot be asked says why. Nothing for guests without an account. */
export function useScribeMenu({ visit, state, organiser, speaks, apart, listening }: Asked): MenuAction[] {
  const t = useTranslations('meetScribe');
  const told = useTold();
  if (visit.pass !== undefined || !speaks) return [];
  const { id } = visit;
  const captions = state.captions.state === 'on';
  const transcript = captions && state.captions.transcript === true;
  const records = state.recording.state === 'asked' || state.recording.state === 'on';
  const speech = listening?.speech;
  const why = visit.encrypted
    ? t('noneEncrypted')
    : apart
      ? t('notInRooms')
      : speech === undefined || speech.state === 'ready'
        ? null
        : t(speech.state);
  const model = speech?.model ? t('byModel', { model: speech.model }) : undefined;
  const blocked = why !== null && { disabled: true, note: why };
  const whyNot = visit.encrypted ? t('noneEncrypted') : apart ? t('notInRooms') : null;
  const noPicture =
    listening?.picture === 'busy' ? t('pictureBusy') : listening?.picture === 'off' ? t('pictureOff') : null;
  const line = (
    key: string,
    label: 'record' | 'recordPicture' | 'recordStop',
    act: () => Promise<unknown>,
    not: string | null,
  ) => ({
    id: key,
    label: t(label),
    onAction: () => told(act()),
    ...(not !== null && { disabled: true, note: not }),
  });
  const start = (keeps: boolean) => told(call(startCaptions, { id, transcript: keeps }));
  const stop = () => told(call(stopCaptions, { id }));
  return [
    ...(transcript
      ? []
      : [
          {
            id: 'captions',
            label: t(captions ? 'captionsOff' : 'captionsOn'),
            note: model,
            onAction: () => (captions ? stop() : start(false)),
            ...blocked,
          },
        ]),
    ...(organiser
      ? [
          {
            id: 'transcript',
            label: t(transcript ? 'transcriptOff' : 'transcriptOn'),
            note: model,
            onAction: () => (transcript ? stop() : start(true)),
            ...blocked,
          },
          ...(records
            ? [line('record', 'recordStop', () => call(stopRecording, { id }), whyNot)]
            : [
                line('record', 'record', () => call(startRecording, { id }), whyNot),
                line(
                  'recordPicture',
                  'recordPicture',
                  () => call(startRecording, { id, picture: true }),
                  whyNot ?? noPicture,
                ),
              ]),
        ]
      : []),
  ];
}
