'use client';
import { reactions } from '@parvis/contract/meet-room';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Popover } from '@parvis/ui/Popover';
import type { LocalParticipant } from 'livekit-client';
import {
  FileText,
  Hand,
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  PhoneOff,
  Presentation,
  SmilePlus,
  Users,
  Video,
  VideoOff,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { canShow } from './More.tsx';
import type { useActs } from './useActs.ts';

export type PanelName = 'chat' | 'people' | 'notes' | 'board';

interface Props {
  me: LocalParticipant;
  acts: ReturnType<typeof useActs>;
  panel: PanelName | null;
  show: (panel: PanelName | null) => void;
  /** What a guest without an account has not: the chat, the notes and the board of the house. */
  inHouse: boolean;
  waiting: number;
  onLeave: () => void;
  children: ReactNode;
}

/** The controls: one's own devices first, then what one says without words, then the way out; panels at the end. */
export function Tools({ me, acts, panel, show, inHouse, waiting, onLeave, children }: Props) {
  const t = useTranslations('meetRoom');
  return (
    <div className="meet-tools">
      <div className="meet-tools-main" role="toolbar" aria-label={t('tools')}>
        {me.permissions?.canPublish !== false && <OwnDevices me={me} acts={acts} />}
        <IconButton
          label={t(acts.myHand ? 'handDown' : 'handUp')}
          shortcut="H"
          pressed={acts.myHand}
          tipSide="top"
          onClick={acts.hand}
        >
          <Icon of={Hand} />
        </IconButton>
        <Reactions react={acts.react} />
        {children}
        <button type="button" className="p-btn meet-leave" onClick={onLeave}>
          <Icon of={PhoneOff} size="s" />
          <span>{t('leave')}</span>
        </button>
      </div>
      <SideTools panel={panel} show={show} inHouse={inHouse} waiting={waiting} />
    </div>
  );
}

/** What can stand beside the faces, at the end of the bar. */
function SideTools({ panel, show, inHouse, waiting }: Pick<Props, 'panel' | 'show' | 'inHouse' | 'waiting'>) {
  const t = useTranslations('meetRoom');
  const turn = (name: PanelName) => () => show(panel === name ? null : name);
  return (
    <div className="meet-tools-side">
      <IconButton
        label={waiting > 0 ? t('peopleWaiting', { count: waiting }) : t('people')}
        shortcut="P"
        pressed={panel === 'people'}
        dot={waiting > 0}
        tipSide="top"
        tipAlign="end"
        onClick={turn('people')}
      >
        <Icon of={Users} />
      </IconButton>
      {inHouse && (
        <IconButton
          className="meet-wide-only"
          label={t('board')}
          shortcut="B"
          pressed={panel === 'board'}
          tipSide="top"
          tipAlign="end"
          onClick={turn('board')}
        >
          <Icon of={Presentation} />
        </IconButton>
      )}
      {inHouse && (
        <IconButton
          className="meet-wide-only"
          label={t('notes')}
          pressed={panel === 'notes'}
          tipSide="top"
          tipAlign="end"
          onClick={turn('notes')}
        >
          <Icon of={FileText} />
        </IconButton>
      )}
      {inHouse && (
        <IconButton
          label={t('chat')}
          shortcut="C"
          pressed={panel === 'chat'}
          tipSide="top"
          tipAlign="end"
          onClick={turn('chat')}
        >
          <Icon of={MessageSquare} />
        </IconButton>
      )}
    </div>
  );
}

function OwnDevices({ me, acts }: Pick<Props, 'me' | 'acts'>) {
  const t = useTranslations('meetRoom');
  return (
    <>
      <IconButton
        label={t(me.isMicrophoneEnabled ? 'microphoneOff' : 'microphoneOn')}
        shortcut="M"
        pressed={!me.isMicrophoneEnabled}
        tipSide="top"
        tipAlign="start"
        onClick={() => acts.microphone()}
      >
        <Icon of={me.isMicrophoneEnabled ? Mic : MicOff} />
      </IconButton>
      <IconButton
        label={t(me.isCameraEnabled ? 'cameraOff' : 'cameraOn')}
        shortcut="V"
        pressed={!me.isCameraEnabled}
        tipSide="top"
        onClick={() => acts.camera()}
      >
        <Icon of={me.isCameraEnabled ? Video : VideoOff} />
      </IconButton>
      {canShow() && (
        <IconButton
          className="meet-wide-only"
          label={t(me.isScreenShareEnabled ? 'screenOff' : 'screenOn')}
          shortcut="S"
          pressed={me.isScreenShareEnabled}
          tipSide="top"
          onClick={acts.screen}
        >
          <Icon of={MonitorUp} />
        </IconButton>
      )}
    </>
  );
}

function Reactions({ react }: Pick<ReturnType<typeof useActs>, 'react'>) {
  const t = useTranslations('meetRoom');
  return (
    <Popover
      label={t('reactions')}
      side="top"
      bare
      trigger={
        <IconButton className="meet-wide-only" label={t('reactions')} tipSide="top">
          <Icon of={SmilePlus} />
        </IconButton>
      }
    >
      {(close) => (
        <div className="meet-reactions">
          {reactions.map((sign) => (
            <button
              key={sign}
              type="button"
              className="meet-reaction"
              aria-label={t(`reaction.${sign}`)}
              onClick={() => {
                react(sign);
                close();
              }}
            >
              {sign}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}
