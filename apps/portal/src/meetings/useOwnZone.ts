'use client';
import { useTimeZone } from 'next-intl';
import { useEffect, useState } from 'react';

/** The zone of this device; on the server and at the first drawing that of the house, so that both draw the same. */
export function useOwnZone(): string {
  const house = useTimeZone() ?? 'UTC';
  const [zone, setZone] = useState(house);
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return zone;
}
