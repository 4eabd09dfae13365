'use client';
import { useCallback, useEffect, useState } from 'react';

/** The key of an encrypted meeting stands in the address behind `#`, which browsers send to nobody. */
const field = 'key';
const kept = (id: string) => `parvis-meet-key-${id}`;
const secretBytes = 32;
const lengthMin = 20;

/** The key in a link, or a key alone; null for what is neither. */
export function secretIn(text: string): string | null {
  const words = text.trim();
  const found = new URLSearchParams(words.split('#')[1] ?? '').get(field) ?? words;
  return /^[\w-]+$/.test(found) && found.length >= lengthMin ? found : null;
}

function made(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(secretBytes));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A link with the key of a meeting. */
export const withSecret = (link: string, secret: string | null) =>
  secret === null ? link : `${link}#${field}=${secret}`;

/** The key that this browser knows: from the address, or from an earlier visit. `undefined` until it has looked. */
export function useSecret(id: string, encrypted: boolean) {
  const [secret, setSecret] = useState<string | null | undefined>(encrypted ? undefined : null);
  const take = useCallback(
    (given: string) => {
      setSecret(given);
      history.replaceState(history.state, '', withSecret(location.href.split('#')[0] ?? '', given));
      try {
        localStorage.setItem(kept(id), given);
      } catch {
        // The address has it all the same.
      }
    },
    [id],
  );
  useEffect(() => {
    if (!encrypted) return;
    const look = () => {
      const given = secretIn(location.hash) ?? localStorage.getItem(kept(id));
      if (given === null) setSecret(null);
      else take(given);
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [id, encrypted, take]);
  return { secret, take, make: useCallback(() => take(made()), [take]) };
}
