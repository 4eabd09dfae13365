import type { ReactNode } from 'react';

interface BarProps {
  /** Name for a screen reader; also shown above the bar unless `labelHidden`. */
  label: string;
  labelHidden?: boolean;
  /** What is said at the end of the line: `62 %`, `paused`. */
  note?: ReactNode;
}

export interface ProgressProps extends BarProps {
  /** From 0 to 1; absent when nobody knows. */
  value?: number;
  tone?: 'plain' | 'good' | 'still' | 'bad';
}

const percent = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 100);

function Head({ label, labelHidden, note }: BarProps) {
  if (labelHidden && !note) return null;
  return (
    <span className="p-progress-head">
      <span className="p-cut" aria-hidden="true">
        {labelHidden ? null : label}
      </span>
      <span>{note}</span>
    </span>
  );
}

/** How far something has come. */
export function Progress({ label, labelHidden, note, value, tone }: ProgressProps) {
  const known = value !== undefined;
  return (
    <div className="p-progress">
      <Head label={label} labelHidden={labelHidden} note={note} />
      <span
        className="p-progress-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={known ? percent(value) : undefined}
        data-tone={tone}
        data-unknown={known ? undefined : true}
      >
        <i style={{ inlineSize: known ? `${percent(value)}%` : '30%' }} />
      </span>
    </div>
  );
}

export interface MeterProps extends BarProps {
  /** From 0 to 1. */
  value: number;
  /** The value in words: `12.4 of 50 GB`. */
  valueText: string;
  tone?: 'plain' | 'good' | 'wait' | 'bad';
}

/** How much of something is used. */
export function Meter({ label, labelHidden, note, value, valueText, tone }: MeterProps) {
  return (
    <div className="p-progress">
      <Head label={label} labelHidden={labelHidden} note={note ?? valueText} />
      <span
        className="p-progress-bar"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent(value)}
        aria-valuetext={valueText}
        data-tone={tone}
      >
        <i style={{ inlineSize: `${percent(value)}%` }} />
      </span>
    </div>
  );
}

export interface LevelProps {
  /** From 0 to 1. */
  value: number;
  label: string;
  bars?: number;
}

/** A level that moves: a microphone. */
export function Level({ value, label, bars = 12 }: LevelProps) {
  const lit = Math.round(Math.min(1, Math.max(0, value)) * bars);
  return (
    <span
      className="p-level"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent(value)}
    >
      {Array.from({ length: bars }, (_, bar) => (
        <i key={bar} data-on={bar < lit || undefined} />
      ))}
    </span>
  );
}
