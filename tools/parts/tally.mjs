import { seconds } from './progress.mjs';

/** Counts of a whole `npm test`, and the names behind them. */
export class Tally {
  passed = 0;
  failed = [];
  skipped = [];

  add({ passed = 0, failed = [], skipped = [] }) {
    this.passed += passed;
    this.failed.push(...failed);
    this.skipped.push(...skipped);
  }

  /** The end of the run: what was skipped and why, what failed, and the one line that scripts read. */
  lines(ms) {
    const lines = [''];
    if (this.skipped.length > 0)
      lines.push('Skipped:', ...this.skipped.map(({ name, why }) => `  ${name}: ${why}`), '');
    if (this.failed.length > 0) lines.push('Failed:', ...this.failed.map((name) => `  ${name}`), '');
    lines.push(`in ${seconds(ms)}`);
    const skipped = this.skipped.length > 0 ? `, ${this.skipped.length} skipped` : '';
    lines.push(`${this.passed} passed, ${this.failed.length} failed${skipped}`);
    return lines;
  }
}

/** `12 passed, 1 failed, 2 skipped` for a stage. */
export function countsOf({ passed = 0, failed = [], skipped = [] }) {
  return `${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
