'use client';
import type { RoomState } from '@parvis/contract/meet-room';
import type { Participant } from 'livekit-client';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Grid, SpeakerView, useSize } from './Grid.tsx';
import { perPage } from './layout.ts';
import { personIdOf } from './participants.ts';
import { Tile } from './Tile.tsx';
import { mainOf, type Piece, useTiles } from './useTiles.ts';
import type { useView } from './useView.ts';

interface Props {
  people: readonly Participant[];
  state: RoomState;
  view: ReturnType<typeof useView>;
  /** Whose pictures cannot be read for want of the right key. */
  sealed: ReadonlySet<string>;
}

/** All that is to be seen: a screen or a pinned face large, otherwise everybody alike. */
export function Faces({ people, state, view, sealed }: Props) {
  const t = useTranslations('meetRoom');
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const page = perPage(size.width);
  const tiles = useTiles(people, page);
  const pieces = [...tiles.screens, ...tiles.faces];
  const large = view.layout === 'speaker' || tiles.screens.length > 0;
  const main = large ? mainOf(view.pinned, tiles) : undefined;
  const tile = (piece: Piece, isLarge = false) => {
    const hand = state.hands.findIndex(({ who }) => who === personIdOf(piece.participant));
    return (
      <Tile
        key={piece.key}
        piece={piece}
        hand={hand < 0 ? undefined : hand + 1}
        pinned={view.pinned === piece.key}
        onPin={pieces.length > 1 ? () => view.pin(piece.key) : undefined}
        large={isLarge}
        still={view.light}
        sealed={sealed.has(piece.participant.identity)}
      />
    );
  };
  return (
    <div className="meet-faces">
      <div className="meet-place" ref={place}>
        {large ? (
          <SpeakerView
            main={main}
            others={pieces.filter((one) => one.key !== main?.key)}
            label={t('present')}
            tile={tile}
          />
        ) : (
          <Grid pieces={pieces} page={page} size={size} label={t('present')} tile={tile} />
        )}
      </div>
    </div>
  );
}
