import { seedOf } from './format.tsx';

/** Ground and figure of the two colourings of each motif. Paving keeps its colours in every theme, like a real floor. */
const colourings = {
  waves: [
    ['oklch(0.44 0.15 267)', 'oklch(0.80 0.06 262)'],
    ['oklch(0.91 0.02 84)', 'oklch(0.60 0.09 262)'],
  ],
  corners: [
    ['oklch(0.58 0.13 42)', 'oklch(0.90 0.04 70)'],
    ['oklch(0.90 0.03 80)', 'oklch(0.58 0.13 42)'],
  ],
  arches: [
    ['oklch(0.42 0.07 165)', 'oklch(0.86 0.05 120)'],
    ['oklch(0.83 0.07 80)', 'oklch(0.36 0.06 300)'],
  ],
  star: [
    ['oklch(0.36 0.06 300)', 'oklch(0.83 0.07 80)'],
    ['oklch(0.92 0.015 84)', 'oklch(0.44 0.15 267)'],
  ],
} as const;

export type Motif = keyof typeof colourings;
export interface Stone {
  motif: Motif;
  colouring: 0 | 1;
}

const motifs = Object.keys(colourings) as Motif[];

/** The paving stone of an id: one of four motifs in one of two colourings, always the same. */
export function stoneOf(id: string): Stone {
  const place = (seedOf(id) >>> 12) % 8;
  return { motif: motifs[place % 4] ?? 'waves', colouring: (place >> 2) as 0 | 1 };
}

/** Two squares, one turned by half a right angle, and an eye. */
const starPoints = Array.from({ length: 16 }, (_, step) => {
  const radius = step % 2 === 0 ? 18.5 : 13;
  const angle = (step * Math.PI) / 8 - Math.PI / 2;
  return `${(20 + radius * Math.cos(angle)).toFixed(1)},${(20 + radius * Math.sin(angle)).toFixed(1)}`;
}).join(' ');

const wave = (y: number) => `M0 ${y}a10 10 0 0 1 20 0 10 10 0 0 0 20 0`;

/** The drawing of a stone in a square of 40 by 40, to be placed in any `<svg>`. */
export function StoneDrawing({ motif, colouring }: Stone) {
  const [ground, figure] = colourings[motif][colouring];
  return (
    <>
      <rect width="40" height="40" fill={ground} />
      {motif === 'waves' && (
        <path d={`${wave(0)}${wave(12)}${wave(24)}${wave(36)}`} fill="none" stroke={figure} strokeWidth="4" />
      )}
      {motif === 'corners' && (
        <>
          <path
            fill={figure}
            d="M0 0h14A14 14 0 0 1 0 14zM40 0v14A14 14 0 0 1 26 0zM0 40V26a14 14 0 0 1 14 14zM40 40H26a14 14 0 0 1 14-14z"
          />
          <circle cx="20" cy="20" r="7" fill={figure} />
        </>
      )}
      {motif === 'arches' && (
        <path
          fill={figure}
          d="M5 40V25a7 7 0 0 1 14 0v15zM21 40V25a7 7 0 0 1 14 0v15zM13 12a7 7 0 0 1 14 0z"
        />
      )}
      {motif === 'star' && (
        <>
          <polygon points={starPoints} fill={figure} />
          <circle cx="20" cy="20" r="5" fill={ground} />
        </>
      )}
    </>
  );
}

export interface SpaceTileProps {
  /** Id of what the stone stands for. */
  id: string;
  /** s 22, m 34, l 56, xl 72 px; `fill` takes the place it is given, cut like a picture. */
  size?: 's' | 'm' | 'l' | 'xl' | 'fill';
  stone?: Stone;
}

/** A paving stone. Decorative: the name is beside it or on the link around it. */
export function SpaceTile({ id, size = 'm', stone }: SpaceTileProps) {
  return (
    <span className="p-tile" data-size={size} aria-hidden="true">
      <svg viewBox="0 0 40 40" preserveAspectRatio="xMidYMid slice">
        <StoneDrawing {...(stone ?? stoneOf(id))} />
      </svg>
    </span>
  );
}

export interface FloorProps {
  columns?: number;
  rows?: number;
  /** The same word always lays the same floor. */
  seed?: string;
}

/** A floor of stones for the door: fills its place, cut at the edges. */
export function Floor({ columns = 5, rows = 8, seed = 'floor' }: FloorProps) {
  const places = Array.from({ length: columns * rows }, (_, place) => place);
  return (
    <div className="p-floor" aria-hidden="true">
      <svg viewBox={`0 0 ${columns * 40} ${rows * 40}`} preserveAspectRatio="xMidYMid slice">
        {places.map((place) => {
          const turn = (seedOf(`${seed}/turn/${place}`) % 4) * 90;
          const stone = stoneOf(`${seed}/${place}`);
          const still = stone.motif === 'arches';
          return (
            <svg
              key={place}
              x={(place % columns) * 40}
              y={Math.floor(place / columns) * 40}
              width="40"
              height="40"
              viewBox="0 0 40 40"
            >
              <g transform={`rotate(${still ? 0 : turn} 20 20)`}>
                <StoneDrawing {...stone} />
              </g>
            </svg>
          );
        })}
      </svg>
    </div>
  );
}
