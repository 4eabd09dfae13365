export interface SkeletonProps {
  /** Logical width and height, in any CSS length. */
  width?: string;
  height?: string;
  round?: boolean;
}

/** One grey shape where something will come. */
export function Skeleton({ width = '100%', height, round }: SkeletonProps) {
  return (
    <span
      className="p-skel"
      data-round={round || undefined}
      style={{ inlineSize: width, blockSize: height }}
      aria-hidden="true"
    />
  );
}

export interface SkeletonLinesProps {
  /** What is coming, for a screen reader. */
  label: string;
  rows?: number;
  /** A round face before each row. */
  faces?: boolean;
}

/** Widths are fixed, not drawn by chance, so that server and browser agree. */
const widths = ['80%', '62%', '90%', '71%', '54%', '84%'];

/** Rows in the shape of a list of people or messages. */
export function SkeletonLines({ label, rows = 3, faces = true }: SkeletonLinesProps) {
  return (
    <div className="p-skel-lines" role="status" aria-busy="true" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div className="p-skel-row" key={row}>
          {faces && <Skeleton width="36px" height="36px" round />}
          <span className="p-grow p-col">
            <Skeleton width="30%" />
            <Skeleton width={widths[row % widths.length]} />
          </span>
        </div>
      ))}
    </div>
  );
}
