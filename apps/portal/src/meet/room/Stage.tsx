'use client';
import './room.css';
import { call } from '@parvis/contract/call';
import { endMeeting } from '@parvis/contract/meet';
import { lockMeeting, muteAll } from '@parvis/contract/meet-room';
import { toast } from '@parvis/ui/Toast';
import type { Room } from 'livekit-client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Choice } from '../devices/choice.ts';
import type { Left } from '../left.ts';
import type { Visit } from '../visit.ts';
import { BreakoutBar } from '../breakout/BreakoutBar.tsx';
import { useBreakouts } from '../breakout/useBreakouts.ts';
import { Captions } from '../scribe/Captions.tsx';
import { ConsentStrip } from '../scribe/ConsentStrip.tsx';
import { useListening } from '../scribe/useListening.ts';
import { useScribeMenu } from '../scribe/useScribeMenu.ts';
import { Faces } from './Faces.tsx';
import { Floats } from './Floats.tsx';
import { Head } from './Head.tsx';
import { More, type MoreChoice } from './More.tsx';
import { kindOf, personIdOf, roleOf } from './participants.ts';
import { Pip } from './Pip.tsx';
import { SidePanel } from './SidePanel.tsx';
import { SoundOf } from './Tile.tsx';
import { Tools } from './Tools.tsx';
import { useActs } from './useActs.ts';
import { useHeard } from './useHeard.ts';
import { type RoomKey, useKeys } from './useKeys.ts';
import { usePip } from './usePip.tsx';
import type { Admission, Opened } from './stay.ts';
import { useRoom } from './useRoom.ts';
import { useRoomState } from './useRoomState.ts';
import { useSealed } from './useSealed.ts';
import { useSpoken } from './useSpoken.ts';
import { useTold } from './useTold.ts';
import { useView } from './useView.ts';
import { useWaiting } from './useWaiting.ts';
import { WeakLine } from './WeakLine.tsx';

const SettingsDialog = dynamic(() => import('./SettingsDialog.tsx').then((part) => part.SettingsDialog));
const KeysDialog = dynamic(() => import('./KeysDialog.tsx').then((part) => part.KeysDialog));
const BreakoutsDialog = dynamic(() =>
  import('../breakout/BreakoutsDialog.tsx').then((part) => part.BreakoutsDialog),
);

interface Props {
  visit: Visit;
  room: Room;
  /** The way into the room, already begun. */
  entered: Promise<void>;
  choice: Choice;
  change: (some: Partial<Choice>) => void;
  /** Pictures and sound that the door has open already. */
  opened: Opened;
  /** What was on at the door. */
  start: Choice;
  again: () => Promise<Admission>;
  /** The address to hand on, with the key of an encrypted meeting; null for a guest without an account. */
  link: string | null;
  onLeft: (why: Left) => void;
}

/** All that the parts of the stage share. */
function useStage({ visit, room, choice, start, again, onLeft, entered, opened }: Props) {
  const state = useRoomState(room);
  const view = useView();
  const stay = useRoom({ room, choice: start, again, onLeft, entered, opened });
  const acts = useActs(room, visit, state, choice);
  const { meeting, waiting } = useWaiting(visit);
  const breakouts = useBreakouts({ room, visit, state, joined: stay.joined, move: stay.move });
  // Whoever went into another room is not among the people of this one any more.
  const [names] = useState(() => new Map<string, string>());
  for (const one of stay.people) if (one.name) names.set(personIdOf(one), one.name);
  const organiser = roleOf(room.localParticipant) === 'organiser';
  const scribe = useListening(visit, state, stay.joined);
  const speaks = room.localParticipant.permissions?.canPublish !== false;
  const scribeMenu = useScribeMenu({
    visit,
    state,
    organiser,
    speaks,
    apart: breakouts.now !== null,
    listening: scribe.listening,
  });
  return {
    state,
    view,
    ...stay,
    acts,
    meeting,
    waiting,
    breakouts,
    names,
    organiser,
    scribe,
    scribeMenu,
    me: room.localParticipant,
  };
}
export type StageParts = ReturnType<typeof useStage>;

/** What each line of the menu and each key does. */
function useChosen(props: Props, parts: StageParts, pip: ReturnType<typeof usePip>) {
  const t = useTranslations('meetRoom');
  const told = useTold();
  const { view, acts, state } = parts;
  const { visit, room, link, onLeft } = props;
  const full = useRef<HTMLElement>(null);
  const toFull = () => {
    const to = document.fullscreenElement ? document.exitFullscreen() : full.current?.requestFullscreen();
    void to?.catch(() => undefined);
  };
  const choose: Record<MoreChoice, () => void> = {
    layout: view.turnLayout,
    full: toFull,
    pip: pip.open,
    notes: () => view.turn('notes'),
    board: () => view.turn('board'),
    settings: () => view.open('settings'),
    light: () => {
      if (!view.light) acts.camera(false);
      view.setLight(!view.light);
    },
    keys: () => view.open('keys'),
    copy: () =>
      told(navigator.clipboard.writeText(link ?? location.href).then(() => void toast(t('copied')))),
    muteAll: () => told(call(muteAll, { id: visit.id })),
    lock: () => told(call(lockMeeting, { id: visit.id, locked: !state.locked })),
    breakouts: () => view.open('breakouts'),
    end: () => told(call(endMeeting, { id: visit.id }).then(() => onLeft('ended'))),
  };
  const byKey: Record<RoomKey, () => void> = {
    ...acts,
    microphone: () => acts.microphone(),
    camera: () => acts.camera(),
    chat: () => (parts.meeting === null ? undefined : view.turn('chat')),
    board: () => (parts.meeting === null ? undefined : view.turn('board')),
    people: () => view.turn('people'),
    layout: view.turnLayout,
    full: toFull,
    help: () => view.open('keys'),
  };
  const wasOn = useRef(false);
  useKeys(
    view.keysOn,
    (key) => byKey[key](),
    (speaks) => {
      // Whoever is heard already stays so when the bar is let go.
      if (speaks) wasOn.current = room.localParticipant.isMicrophoneEnabled;
      if (!wasOn.current) acts.microphone(speaks);
    },
  );
  return { full, choose: (id: MoreChoice) => choose[id]() };
}

/** The meeting itself: faces first, tools below. Media goes between the browsers and LiveKit alone. */
export function Stage(props: Props) {
  const { visit, room } = props;
  const t = useTranslations('meetRoom');
  const parts = useStage(props);
  const { state, view, acts, people, joined, deviceRefused, breakouts, organiser, waiting, meeting } = parts;
  const pip = usePip();
  const { full, choose } = useChosen(props, parts, pip);
  const floating = useHeard(room, acts);
  const sealed = useSealed(room);
  const spoken = useSpoken(room);
  useEffect(() => {
    if (deviceRefused) toast(t('deviceRefused'), { tone: 'bad' });
  }, [deviceRefused, t]);
  const count = people.filter((one) => kindOf(one) !== 'bot').length;
  return (
    <div className="meet-whole" data-panel={view.panel ?? undefined}>
      <main className="meet" id="main" tabIndex={-1} aria-label={visit.title} ref={full}>
        <Head
          visit={visit}
          meeting={meeting}
          room={room}
          state={state}
          joined={joined}
          count={count}
          onPeople={() => view.turn('people')}
        />
        <BreakoutBar {...breakouts} />
        <WeakLine room={room} light={view.light} onLight={() => choose('light')} />
        <ConsentStrip visit={visit} state={state} apart={breakouts.now !== null} {...parts.scribe} />
        <Faces people={people} state={state} view={view} sealed={sealed} />
        <Floats floating={floating} />
        {state.captions.state === 'on' && <Captions room={room} />}
        <Tools
          me={room.localParticipant}
          acts={acts}
          panel={view.panel}
          show={view.show}
          inHouse={meeting !== null}
          waiting={waiting.length}
          onLeave={() => void room.disconnect()}
        >
          <More
            acts={acts}
            layout={view.layout}
            light={view.light}
            organiser={organiser}
            locked={state.locked}
            inHouse={meeting !== null}
            canPip={pip.can}
            link={props.link}
            scribe={parts.scribeMenu}
            onChoose={choose}
          />
        </Tools>
        {people.map((one) => !one.isLocal && <SoundOf key={one.identity} participant={one} />)}
        <p className="p-sr" aria-live="polite">
          {spoken}
        </p>
      </main>
      <SidePanel visit={visit} parts={parts} />
      <Windows {...props} parts={parts} />
      {pip.show(<Pip parts={parts} room={room} sealed={sealed} />)}
    </div>
  );
}

/** Whichever window is in front of the stage. */
function Windows({ parts, ...props }: Props & { parts: StageParts }) {
  const { view, people, breakouts, state } = parts;
  const close = () => view.open(null);
  if (view.dialog === 'keys') return <KeysDialog onClose={close} />;
  if (view.dialog === 'breakouts')
    return (
      <BreakoutsDialog
        visit={props.visit}
        people={people}
        names={parts.names}
        open={state.breakouts}
        onEnter={(nr) => {
          close();
          breakouts.enter(nr);
        }}
        onClose={close}
      />
    );
  if (view.dialog !== 'settings') return null;
  return (
    <SettingsDialog
      room={props.room}
      choice={props.choice}
      change={props.change}
      keysOn={view.keysOn}
      onKeys={view.setKeysOn}
      onClose={close}
    />
  );
}
