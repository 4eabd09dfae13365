'use client';
import type { Meeting } from '@parvis/contract/meet';
import { AvatarStack } from '@parvis/ui/Avatar';
import { Banner } from '@parvis/ui/Banner';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Choice } from '../devices/choice.ts';
import { ConnectionTest } from '../devices/ConnectionTest.tsx';
import type { useOwnMedia } from '../devices/useOwnMedia.ts';
import type { ServerState } from '../MeetingView.tsx';
import type { Visit } from '../visit.ts';
import { Preview } from './Preview.tsx';
import { SecretField } from './SecretField.tsx';

const DevicePickers = dynamic(
  () => import('../devices/DevicePickers.tsx').then((part) => part.DevicePickers),
  { ssr: false, loading: () => <div className="meet-pickers-rest" /> },
);

interface Props {
  visit: Visit;
  me: { id: string; name: string };
  own: ReturnType<typeof useOwnMedia>;
  choice: Choice;
  change: (some: Partial<Choice>) => void;
  serverState: ServerState;
  joining: boolean;
  error: string | undefined;
  back: string | null;
  acts?: ReactNode;
  /** The key of an encrypted meeting; null: it is missing, or not needed; undefined: not looked for yet. */
  secret: string | null | undefined;
  onSecret: (secret: string) => void;
  onMakeSecret: () => void;
  may: boolean;
  /** Somebody is about to press. */
  onNear: (() => void) | undefined;
  onJoin: (some?: Partial<Choice>) => void;
  children?: ReactNode;
}

/** Before the door: how I will be seen and heard, who is already there, and one button. */
export function Door(props: Props) {
  const t = useTranslations('meet');
  const shell = useTranslations('shell');
  const { serverState, back } = props;
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        {back !== null && (
          <header className="p-bar">
            <IconLink className="p-back" href={back} label={shell('back')}>
              <Icon of={ArrowLeft} flip />
            </IconLink>
            <div className="p-bar-title" />
            <div className="p-bar-acts">{props.acts}</div>
          </header>
        )}
        {serverState !== 'ready' && <Banner flat>{t(`server.${serverState}`)}</Banner>}
        <div className="p-scroll">
          <div className="meet-door">
            <Myself {...props} />
            <WayIn {...props} />
          </div>
        </div>
      </main>
    </div>
  );
}

function Myself({ visit, me, own, choice, change }: Props) {
  const t = useTranslations('meetDevices');
  return (
    <div className="meet-door-self">
      <Preview
        me={me}
        choice={choice}
        change={change}
        camera={own.camera.track}
        picture={choice.camera && own.camera.problem === null}
      />
      {(['camera', 'microphone'] as const).map((kind) => {
        const { problem } = own[kind];
        if (problem === null) return null;
        return (
          <p className="meet-door-problem" role="status" key={kind}>
            {t(`without.${kind}`, { why: t(`problem.${problem}`) })}
          </p>
        );
      })}
      <DevicePickers
        choice={choice}
        change={change}
        microphone={own.microphone.track}
        camera={own.camera.track}
      >
        {visit.pass === undefined && visit.meeting !== null && <ConnectionTest />}
      </DevicePickers>
    </div>
  );
}

function WayIn({ visit, choice, serverState, joining, ...props }: Props) {
  const t = useTranslations('meet');
  const closed = serverState !== 'ready' || (visit.encrypted && !props.secret) || !props.may;
  const near = closed || joining ? undefined : props.onNear;
  return (
    <div className="meet-door-in">
      <h1>
        <bdi>{visit.title}</bdi>
      </h1>
      {visit.meeting !== null && <There meeting={visit.meeting} />}
      {visit.encrypted && (
        <SecretField
          secret={props.secret}
          visit={visit}
          onSecret={props.onSecret}
          onMake={props.onMakeSecret}
        />
      )}
      {props.children}
      {props.error !== undefined && <Banner tone="bad">{props.error}</Banner>}
      <Button
        kind="main"
        size="big"
        wide
        busy={joining}
        disabled={closed}
        onPointerEnter={near}
        onPointerDown={near}
        onFocus={near}
        onClick={() => props.onJoin()}
      >
        {t('join')}
      </Button>
      {(choice.microphone || choice.camera) && (
        <Button
          kind="quiet"
          disabled={closed || joining}
          onClick={() => props.onJoin({ microphone: false, camera: false })}
        >
          {t('joinSilent')}
        </Button>
      )}
    </div>
  );
}

/** Who is in it already. */
function There({ meeting }: { meeting: Meeting }) {
  const t = useTranslations('meet');
  const count = meeting.present.length + meeting.anonymous;
  return (
    <p className="meet-there">
      {meeting.present.length > 0 && <AvatarStack people={meeting.present} label={t('present')} />}
      <span className="p-meta">
        {count > 0 ? `${t('alreadyOn')} ${t('presentCount', { count })}` : t('readyToStart')}
      </span>
    </p>
  );
}
