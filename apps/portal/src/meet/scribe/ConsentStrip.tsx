'use client';
import { call } from '@parvis/contract/call';
import { answerConsent } from '@parvis/contract/meet-record';
import type { RoomState } from '@parvis/contract/meet-room';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { Captions as CaptionsIcon, Disc2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useTold } from '../room/useTold.ts';
import { mine, type Visit } from '../visit.ts';
import type { useListening } from './useListening.ts';

interface Props extends ReturnType<typeof useListening> {
  visit: Visit;
  state: RoomState;
  /** One is in a breakout room: nobody listens there. */
  apart: boolean;
}

/** Says to everybody, as long as it lasts, that voices are kept, or also the picture, and asks each whether theirs may be. */
export function ConsentStrip({ visit, state, apart, listening, look }: Props) {
  const t = useTranslations('meetScribe');
  const told = useTold();
  const [again, setAgain] = useState(false);
  const { recording } = state;
  const records = recording.state === 'asked' || recording.state === 'on';
  const picture = records && recording.picture === true;
  const writes = state.captions.state === 'on' && state.captions.transcript === true;
  if (apart && (records || state.captions.state === 'on'))
    return <Strip icon={CaptionsIcon}>{t('pausedHere')}</Strip>;
  if (recording.state === 'saving' && !writes) return <Strip icon={Disc2}>{t('saving')}</Strip>;
  if (!records && !writes) return null;
  const answer = (agrees: boolean) => {
    setAgain(false);
    told(call(answerConsent, { ...mine(visit), agrees, picture }).then(look));
  };
  const consent = listening?.consent ?? 'unasked';
  const words = records
    ? t(picture ? 'askedPicture' : 'asked', { name: recording.by ?? t('somebody') })
    : t('askedTranscript');
  const answered =
    consent === 'agreed'
      ? t(picture ? 'agreedPicture' : 'agreed')
      : t(picture ? 'refusedPicture' : 'refused');
  if (consent === 'unasked' || again)
    return (
      <Strip icon={records ? Disc2 : CaptionsIcon}>
        <span className="p-grow">
          {words} {t(picture ? 'onlyAgreedPicture' : 'onlyAgreed')}
        </span>
        <Button size="small" onClick={() => answer(false)}>
          {t('refuse')}
        </Button>
        <Button size="small" kind="main" onClick={() => answer(true)}>
          {t('agree')}
        </Button>
      </Strip>
    );
  return (
    <Strip icon={records ? Disc2 : CaptionsIcon}>
      <span className="p-grow">
        {t(records ? 'recording' : 'transcribing')} · {answered}
      </span>
      <Button size="small" kind="quiet" onClick={() => setAgain(true)}>
        {t('change')}
      </Button>
    </Strip>
  );
}

interface StripProps {
  icon: typeof Disc2;
  children: ReactNode;
}

function Strip({ icon, children }: StripProps) {
  return (
    <div className="meet-strip-bar" role="status">
      <Icon of={icon} size="s" />
      {children}
    </div>
  );
}
