'use client';
import { comeIntoChat, leaveChat, messagesThatStay } from '../../chat/offline/leaving.ts';
import { countUnsent, forgetOthers, forgetPerson } from '../local/copies.ts';

/** Whose documents this browser keeps; read by the page that stands in for all others without a network. */
const owner = 'parvis-docs-of';

/** The person whose documents are kept here, or null. */
export function ownerOfCopies(): string | null {
  try {
    return localStorage.getItem(owner);
  } catch {
    return null;
  }
}

/** A person has come in: what was kept of another one leaves. */
export async function comeIn(personId: string): Promise<void> {
  if (ownerOfCopies() === personId) return;
  await forgetPages();
  await forgetOthers(personId);
  await comeIntoChat(personId);
  localStorage.setItem(owner, personId);
}

/** Changes that exist in this browser only; none where it keeps nothing. */
export async function changesThatStay(personId: string): Promise<number> {
  const [texts, messages] = await Promise.all([
    countUnsent(personId).catch(() => 0),
    messagesThatStay(personId).catch(() => 0),
  ]);
  return texts + messages;
}

/** The person leaves this browser, and what was kept of theirs leaves with them. */
export async function leave(personId: string): Promise<void> {
  try {
    localStorage.removeItem(owner);
    await forgetPages();
    await forgetPerson(personId);
    await leaveChat(personId);
  } catch {
    // Where the browser keeps nothing there is nothing to forget.
  }
}

async function forgetPages(): Promise<void> {
  if (!('caches' in window)) return;
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('parvis-pages-')).map((name) => caches.delete(name)),
  );
}
