'use client';
import type { RoomNotice } from '@parvis/contract/meet-room';
import { toast } from '@parvis/ui/Toast';
import type { Room } from 'livekit-client';
import { useTranslations } from 'next-intl';
import type { useActs } from './useActs.ts';
import { useFloating } from './useFloating.ts';
import { useNotices } from './useNotices.ts';

/** Shows what the server says in the room; answers the reactions that rise now. */
export function useHeard(room: Room, acts: ReturnType<typeof useActs>) {
  const t = useTranslations('meetRoom');
  const { floating, rise } = useFloating();
  useNotices(room, (notice: RoomNotice) => {
    if (notice.t === 'reaction') return rise(notice);
    if (notice.t === 'muted') return void toast(t('mutedBy', { name: notice.by }));
    if (notice.t === 'announcement')
      return void toast(t('announced', { name: notice.by, text: notice.text }), { tone: 'plain' });
    // Only the person opens their microphone: the button is their own act.
    toast(t('askedToSpeak', { name: notice.by }), {
      action: { label: t('microphoneOn'), onPress: () => acts.microphone(true) },
    });
  });
  return floating;
}
