import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Whether the figures go to programs: a line of JSON each, and what is said beside them to standard error. */
const forPrograms = process.argv.includes('--json');

export const quick = process.argv.includes('--quick');

/** The value of `--name=value`, or undefined. */
export function option(name) {
  return process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
}

export function say(line) {
  (forPrograms ? process.stderr : process.stdout).write(`${line}\n`);
}

let missed = 0;

/**
 * Prints a figure beside what it is measured against: its limit, or a peer of the same run with `against` and `peer`.
 * The process ends with 1 when a figure is over its `bar`.
 * @param {{figure: string, value: number, unit: string, bar: number, against?: number, peer?: string}} given
 */
export function tell({ figure, value, unit, bar, against = bar, peer = 'limit' }) {
  const rounded = (number) => Number(number.toPrecision(4));
  const ok = value <= bar;
  if (!ok) missed += 1;
  const line = {
    figure,
    value: rounded(value),
    unit,
    against: rounded(against),
    ratio: rounded(value / against),
    bar,
    ok,
  };
  if (forPrograms) return process.stdout.write(`${JSON.stringify(line)}\n`);
  const beside = peer === 'limit' ? '' : `, ${peer} ${line.against} ${unit}`;
  return say(`${ok ? 'ok    ' : 'MISSED'} ${figure}: ${line.value} ${unit}${beside} (limit ${bar} ${unit})`);
}

/** The exit code that the figures so far ask for. */
export const exitCode = () => (missed > 0 ? 1 : 0);

/** What else the machine is doing decides half of a figure: it is said with it. */
export function sayMachine() {
  const [load] = loadavg();
  say(`machine: ${cpus().length} processors, load ${load.toFixed(1)}${waited()}`);
}

/** In how much of the last ten seconds some process stood in line for a processor, where the kernel counts it. */
function waited() {
  try {
    const share = /^some avg10=([\d.]+)/.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1];
    return `, somebody waiting for one ${Math.round(Number(share))} % of the time`;
  } catch {
    return '';
  }
}

/** The value below which `share` of all lie. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
