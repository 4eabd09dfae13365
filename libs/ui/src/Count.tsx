export interface CountProps {
  value: number;
  /** Addressed to me: the accent. Otherwise neutral. */
  mine?: boolean;
  /** Above this the count is shown as `99+`. */
  max?: number;
  /** The number in words for a screen reader, for example "3 unread". */
  label?: string;
}

/** How many; nothing when there is none. */
export function Count({ value, mine, max = 99, label }: CountProps) {
  if (value <= 0) return null;
  const shown = value > max ? `${max}+` : String(value);
  return (
    <span className="p-count" data-mine={mine || undefined}>
      {label ? (
        <>
          <span aria-hidden="true">{shown}</span>
          <span className="p-sr">{label}</span>
        </>
      ) : (
        shown
      )}
    </span>
  );
}
