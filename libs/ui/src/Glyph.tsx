/** The few signs that the parts themselves need, drawn here so that a part never pulls an icon library. */
const strokes = {
  alert: 'M12 8v4.5M12 16h.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  minus: 'M6 12h12',
  close: 'M18 6 6 18M6 6l12 12',
  down: 'm6 9.5 6 6 6-6',
  forward: 'm9.5 6 6 6-6 6',
  back: 'm14.5 6-6 6 6 6',
  up: 'M12 19V5M6 11l6-6 6 6',
  calendar: 'M8 3v4M16 3v4M4 10h16M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20',
  upload: 'M12 15V4M7 8.5 12 4l5 4.5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3',
} as const;

export type GlyphName = keyof typeof strokes;

export interface GlyphProps {
  name: GlyphName;
  size?: 'xs' | 's' | 'm';
  /** Mirror it from right to left: only for signs in which direction means something. */
  flip?: boolean;
}

/** A decorative sign in the colour of the text around it. */
export function Glyph({ name, size = 's', flip }: GlyphProps) {
  return (
    <svg
      className={`p-i${size === 'm' ? '' : ` p-i-${size}`}${flip ? ' p-flip' : ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={strokes[name]} />
    </svg>
  );
}
