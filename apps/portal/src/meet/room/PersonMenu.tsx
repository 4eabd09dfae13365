'use client';
import { call } from '@parvis/contract/call';
import { meetingRoles } from '@parvis/contract/meet';
import {
  askToUnmute,
  type MeetingSource,
  meetingSources,
  muteParticipant,
  removeParticipant,
  setParticipantRole,
  setPermissions,
} from '@parvis/contract/meet-room';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import { Menu, type MenuAction, type MenuGroup } from '@parvis/ui/Menu';
import type { Participant } from 'livekit-client';
import { EllipsisVertical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Visit } from '../visit.ts';
import { personIdOf, roleOf, silencerOf } from './participants.ts';
import { useTold } from './useTold.ts';

interface Props {
  visit: Visit;
  participant: Participant;
  name: string;
}

type Of = { id: string; who: string };
type Words = ReturnType<typeof useTranslations<'meetRoom'>>;
type Told = ReturnType<typeof useTold>;

/**
 * Switching off what somebody sends, and asking for their voice: opening it is theirs alone. No name of a line here is
 * one of those in `rights`: of two lines with one name a menu shows the last in both places.
 */
function quiet(participant: Participant, of: Of, t: Words, told: Told): MenuAction[] {
  const off = (id: string, source: MeetingSource, label: string): MenuAction => ({
    id,
    label,
    onAction: () => told(call(muteParticipant, { ...of, source })),
  });
  return [
    participant.isMicrophoneEnabled
      ? off('quiet-microphone', 'microphone', t('mute'))
      : { id: 'ask', label: t('askUnmute'), onAction: () => told(call(askToUnmute, of)) },
    ...(participant.isCameraEnabled ? [off('quiet-camera', 'camera', t('muteCamera'))] : []),
    ...(participant.isScreenShareEnabled ? [off('quiet-screen', 'screen', t('muteScreen'))] : []),
  ];
}

function rights(participant: Participant, of: Of, t: Words, told: Told): MenuGroup {
  const may = (participant.attributes.may ?? meetingSources.join()).split(',');
  return {
    id: 'may',
    title: t('mayUse'),
    choose: 'many',
    selected: [
      ...meetingSources.filter((one) => may.includes(one)),
      ...(silencerOf(participant) ? [] : ['chat']),
    ],
    onChoose: (ids) =>
      told(
        call(setPermissions, {
          ...of,
          camera: ids.includes('camera'),
          microphone: ids.includes('microphone'),
          screen: ids.includes('screen'),
          chat: ids.includes('chat'),
        }),
      ),
    items: [
      ...meetingSources.map((one) => ({ id: one as string, label: t(`source.${one}`) })),
      { id: 'chat', label: t('mayWrite') },
    ],
  };
}

function roles(participant: Participant, of: Of, t: Words, told: Told): MenuGroup {
  return {
    id: 'role',
    title: t('roleTitle'),
    choose: 'one',
    selected: [roleOf(participant)],
    onChoose: ([to]) => {
      const meetingRole = meetingRoles.find((one) => one === to);
      if (meetingRole) told(call(setParticipantRole, { ...of, meetingRole }));
    },
    items: meetingRoles.map((one) => ({ id: one, label: t(`role.${one}`) })),
  };
}

/** What an organiser may do about somebody. */
export function PersonMenu({ visit, participant, name }: Props) {
  const t = useTranslations('meetRoom');
  const told = useTold();
  const of = { id: visit.id, who: personIdOf(participant) };
  const out = (id: 'remove' | 'lockOut'): MenuAction => ({
    id,
    label: t(id),
    danger: true,
    onAction: () => told(call(removeParticipant, { ...of, lockOut: id === 'lockOut' })),
  });
  const speaks = roleOf(participant) !== 'listener';
  const groups: MenuGroup[] = [
    ...(speaks
      ? [
          { id: 'speaks', label: name, items: quiet(participant, of, t, told) },
          rights(participant, of, t, told),
        ]
      : []),
    roles(participant, of, t, told),
    { id: 'out', label: t('remove'), items: [out('remove'), out('lockOut')] },
  ];
  return (
    <Menu
      label={t('actsFor', { name })}
      align="end"
      groups={groups}
      trigger={
        <IconButton label={t('actsFor', { name })} tipAlign="end">
          <Icon of={EllipsisVertical} size="s" />
        </IconButton>
      }
    />
  );
}
