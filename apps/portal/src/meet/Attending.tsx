'use client';
import { stopKnocking } from '@parvis/contract/meet-lobby';
import { call } from '@parvis/contract/call';
import { Button, LinkButton } from '@parvis/ui/Button';
import { EmptyState } from '@parvis/ui/EmptyState';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { useChoice } from './devices/choice.ts';
import { useOwnMedia } from './devices/useOwnMedia.ts';
import { Door } from './door/Door.tsx';
import { Waiting } from './door/Waiting.tsx';
import type { Left } from './left.ts';
import type { ServerState } from './MeetingView.tsx';
import type { Opened } from './room/stay.ts';
import { comeIn, useAhead, useEntering } from './useEntering.ts';
import { useSecret, withSecret } from './useSecret.ts';
import { mine, type Visit } from './visit.ts';

interface Props {
  visit: Visit;
  me: { id: string; name: string };
  serverState: ServerState;
  ended: boolean;
  /** Where one goes who does not come in; null: nowhere. */
  back: string | null;
  acts?: ReactNode;
  /** Comes in at the door; as oneself when absent. */
  ask?: () => ReturnType<typeof comeIn>;
  /** Something of one's own above the button: the name of a guest. */
  children?: ReactNode;
  /** Whether the button may be pressed. */
  may?: boolean;
}

/** Devices, the key and the steps of somebody's way in. */
function useAttending({ visit, ended }: Props) {
  const { choice, change, ready } = useChoice();
  const key = useSecret(visit.id, visit.encrypted);
  const taken = useRef<Opened>({ camera: null, microphone: null });
  const entering = useEntering({
    visit,
    choice,
    secret: key.secret ?? null,
    // Handed over as they are: a device that is open is seen by the others sooner than one that must be opened.
    opened: () => ({
      camera: taken.current.camera?.clone() ?? null,
      microphone: taken.current.microphone?.clone() ?? null,
    }),
    first: ended ? { at: 'after', why: 'ended' } : { at: 'door' },
  });
  const { at } = entering.step;
  const own = useOwnMedia(choice, ready && (at === 'door' || at === 'joining' || at === 'waiting'));
  taken.current = { camera: own.camera.track, microphone: own.microphone.track };
  const { warm } = entering;
  useEffect(warm, [warm]);
  return { choice, change, key, own, ...entering };
}

/** All of a meeting that somebody sees, from the door to the hanging up. */
export function Attending(props: Props) {
  const { visit, me, ask, may = true } = props;
  const { choice, change, key, own, step, setStep, enter, again } = useAttending(props);
  const ahead = useAhead(visit);
  const secret = key.secret ?? null;
  if (step.at === 'stage')
    return (
      <div className="p-sheet meet-sheet">
        <step.Stage
          visit={visit}
          room={step.room}
          entered={step.entered}
          opened={step.opened}
          start={step.start}
          choice={choice}
          change={change}
          again={again}
          link={visit.meeting === null ? null : withSecret(`${location.origin}/m/${visit.code}`, secret)}
          onLeft={(why) => setStep({ at: 'after', why })}
        />
      </div>
    );
  if (step.at === 'after')
    return <After why={step.why} visit={visit} onBack={() => setStep({ at: 'door' })} />;
  if (step.at === 'waiting') {
    const stop = () => {
      void call(stopKnocking, mine(visit)).catch(() => undefined);
      setStep({ at: 'door' });
    };
    return <Waiting visit={visit} me={me} camera={own.camera.track} onStop={stop} />;
  }
  return (
    <Door
      {...props}
      may={may}
      own={own}
      choice={choice}
      change={change}
      joining={step.at === 'joining'}
      error={step.at === 'door' ? step.error : undefined}
      secret={key.secret}
      onSecret={key.take}
      onMakeSecret={key.make}
      onNear={ask ? undefined : ahead.near}
      onJoin={(some) => {
        if (some) change(some);
        enter(ask ?? (() => comeIn(visit, ahead.take())), some);
      }}
    />
  );
}

/** Why one is not there any more, and the way on: to what is left of the meeting, for whoever still sees it. */
function After({ why, visit, onBack }: { why: Left; visit: Visit; onBack: () => void }) {
  const t = useTranslations('meet');
  const shell = useTranslations('shell');
  const away = why === 'removed' || why === 'refused';
  const over = why === 'ended' || away;
  const way = visit.meeting !== null && (
    <LinkButton href={away ? '/' : `/meeting/${visit.id}`}>{away ? shell('home') : t('itsPage')}</LinkButton>
  );
  return (
    <div className="p-sheet">
      <main className="p-main p-centre" id="main" tabIndex={-1}>
        <EmptyState
          title={t(`after.${why}`)}
          picture={<SpaceTile id={visit.meeting?.spaceId ?? visit.id} size="xl" />}
          action={
            over ? (
              way
            ) : (
              <span className="meet-ways">
                <Button kind="main" onClick={onBack}>
                  {t('comeBack')}
                </Button>
                {way}
              </span>
            )
          }
        >
          {t(`afterHelp.${why}`)}
        </EmptyState>
      </main>
    </div>
  );
}
