/** Moments that people mean when they say "later", after now, in the zone of this device. */
export function laterMoments(now: Date): { id: 'hour' | 'tomorrow' | 'monday'; at: Date }[] {
  const hour = new Date(now.getTime() + 3_600_000);
  const morning = (days: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    at.setHours(9, 0, 0, 0);
    return at;
  };
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { id: 'hour', at: hour },
    { id: 'tomorrow', at: morning(1) },
    ...(toMonday > 1 ? [{ id: 'monday' as const, at: morning(toMonday) }] : []),
  ];
}

/** What a field of date and time shows for a moment, in the zone of this device. */
export function fieldOf(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The zone of this device, by name. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
