import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { birthOf, isAlive } from './processes.mjs';

/** What a lock file says of its holder, or null when nobody (alive) holds it. */
export function holderOf(file) {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    return isAlive(holder.pid, holder.birth) ? holder : null;
  } catch {
    return null;
  }
}

/**
 * Takes a lock file for this process. The file appears with its content in one step, so that nobody ever reads half
 * of it; the lock of a dead process is taken over.
 * @returns {{ release(): void, holder: null } | { release: null, holder: object }} the lock, or who has it.
 */
export function takeLock(file, about = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid), ...about }), {
    mode: 0o600,
  });
  try {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      try {
        linkSync(mine, file);
        return { holder: null, release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = holderOf(file);
      if (holder) return { holder, release: null };
      buryDead(file, `${mine}.dead`);
    }
    return { holder: holderOf(file) ?? { pid: 0 }, release: null };
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Moves a dead holder's file away; puts it back if somebody alive took the lock between the look and the move. */
function buryDead(file, grave) {
  try {
    renameSync(file, grave);
  } catch {
    return;
  }
  if (holderOf(grave)) {
    try {
      linkSync(grave, file);
    } catch {
      // A third run has it already.
    }
  }
  rmSync(grave, { force: true });
}
