import type { Problem } from './problem.ts';

/** Thrown by `call` when a service refuses, or cannot be reached (`code: 'offline'`, status 0). */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.name = 'Refusal';
    this.problem = problem;
  }
  get code(): string {
    return this.problem.code;
  }
}

/** The refusal that a service sent, or null when what was sent is none (a proxy's page, say). Needs no shapes. */
export function refusalIn(sent: unknown): Refusal | null {
  if (typeof sent !== 'object' || sent === null) return null;
  const { type, title, status, code } = sent as Record<string, unknown>;
  const whole = typeof type === 'string' && typeof title === 'string' && typeof code === 'string';
  return whole && typeof status === 'number' ? new Refusal(sent as Problem) : null;
}
