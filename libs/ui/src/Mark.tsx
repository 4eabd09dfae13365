export interface MarkProps {
  /** Side in pixels. */
  size?: number;
  /** Set it where the mark stands alone. */
  label?: string;
}

/** The mark of Parvis: an arch, the line of the ground, three rays of light on the forecourt. */
export function Mark({ size = 28, label }: MarkProps) {
  return (
    <svg
      className="p-mark"
      width={size}
      height={size}
      viewBox="0 0 28 28"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path d="M8 15v-4.5a6 6 0 0 1 12 0V15" />
      <path d="M3 18.5h22" />
      <path d="M14 22v3M8.5 22 6.5 25M19.5 22l2 3" />
    </svg>
  );
}
