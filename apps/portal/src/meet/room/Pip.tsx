'use client';
import { Icon } from '@parvis/ui/Icon';
import { IconButton } from '@parvis/ui/IconButton';
import type { Room } from 'livekit-client';
import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTiles, mainOf } from './useTiles.ts';
import type { StageParts } from './Stage.tsx';
import { Tile } from './Tile.tsx';

interface Props {
  parts: StageParts;
  room: Room;
  sealed: ReadonlySet<string>;
}

/** The meeting in a small window: who speaks, or the screen that is shown, and one's own devices. */
export function Pip({ parts, room, sealed }: Props) {
  const t = useTranslations('meetRoom');
  const { people, view, acts } = parts;
  const main = mainOf(view.pinned, useTiles(people, 4));
  const me = room.localParticipant;
  return (
    <div className="meet meet-pip">
      <ul className="meet-grid">
        {main && (
          <Tile
            piece={main}
            pinned={false}
            onPin={undefined}
            sealed={sealed.has(main.participant.identity)}
            still={view.light}
          />
        )}
      </ul>
      <div className="meet-tools">
        <IconButton
          label={t(me.isMicrophoneEnabled ? 'microphoneOff' : 'microphoneOn')}
          pressed={!me.isMicrophoneEnabled}
          tipSide="top"
          onClick={() => acts.microphone()}
        >
          <Icon of={me.isMicrophoneEnabled ? Mic : MicOff} />
        </IconButton>
        <IconButton
          label={t(me.isCameraEnabled ? 'cameraOff' : 'cameraOn')}
          pressed={!me.isCameraEnabled}
          tipSide="top"
          onClick={() => acts.camera()}
        >
          <Icon of={me.isCameraEnabled ? Video : VideoOff} />
        </IconButton>
      </div>
    </div>
  );
}
