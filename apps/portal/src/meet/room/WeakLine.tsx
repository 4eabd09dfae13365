'use client';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { type Room, RoomEvent } from 'livekit-client';
import { Volume2, WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { isWeak } from './Head.tsx';

interface Props {
  room: Room;
  light: boolean;
  onLight: () => void;
}

/** Says that one's connection is weak, and what helps; or that the browser holds the sound back until it is pressed. */
export function WeakLine({ room, light, onLight }: Props) {
  const t = useTranslations('meetRoom');
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    const look = () => setSilent(room.state === 'connected' && !room.canPlaybackAudio);
    room.on(RoomEvent.AudioPlaybackStatusChanged, look);
    return () => void room.off(RoomEvent.AudioPlaybackStatusChanged, look);
  }, [room]);
  if (silent)
    return (
      <div className="meet-strip-bar" role="alert">
        <Icon of={Volume2} size="s" />
        <span className="p-grow">{t('silent')}</span>
        <Button size="small" onClick={() => void room.startAudio()}>
          {t('hear')}
        </Button>
      </div>
    );
  if (!isWeak(room) && !light) return null;
  return (
    <div className="meet-strip-bar" role="status">
      <Icon of={WifiOff} size="s" />
      <span className="p-grow">{t(light ? 'lightNow' : 'weak')}</span>
      <Button size="small" onClick={onLight}>
        {t(light ? 'lightOff' : 'lightOn')}
      </Button>
    </div>
  );
}
