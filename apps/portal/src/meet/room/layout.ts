/** Tiles that fit on one page, by the width of the place in pixels. */
export function perPage(width: number): number {
  if (width >= 960) return 16;
  return width >= 560 ? 9 : 6;
}

/** Gap between tiles in pixels. */
const gap = 8;
/** A face is shown well between these shares of width to height; outside of them it is cut or stands in bars. */
const shapeWide = 16 / 9;
const shapeTall = 3 / 4;

/**
 * In how many columns tiles stand so that the faces are largest.
 * @param width of the place in pixels
 * @param height of the place in pixels
 */
export function columnsFor(count: number, width: number, height: number): number {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const wide = (width - gap * (columns - 1)) / columns;
    const high = (height - gap * (rows - 1)) / rows;
    if (wide <= 0 || high <= 0) continue;
    const seen = Math.min(wide, high * shapeWide) * Math.min(high, wide / shapeTall);
    if (seen <= largest + 0.5) continue;
    largest = seen;
    best = columns;
  }
  return best;
}

/**
 * Keeps everybody where they stand, lets newcomers in at the end, and brings whoever speaks to the first page: there they
 * take the place of the one who has been silent longest. Nothing else moves.
 * @param before the order so far, by key
 * @param now all keys there are now
 * @param lastSpoke when each was last heard, milliseconds since the epoch; absent: never
 * @param first how many places the first page has
 */
export function arrange(
  before: readonly string[],
  now: readonly string[],
  lastSpoke: ReadonlyMap<string, number>,
  first: number,
): string[] {
  const here = new Set(now);
  const stayed = before.filter((key) => here.has(key));
  const known = new Set(stayed);
  const order = [...stayed, ...now.filter((key) => !known.has(key))];
  const heard = (key: string | undefined) => (key === undefined ? 0 : (lastSpoke.get(key) ?? 0));
  const later = order.slice(first).filter((key) => heard(key) > 0);
  for (const speaker of later.toSorted((one, other) => heard(other) - heard(one)).slice(0, first)) {
    let silent = 0;
    for (let place = 1; place < first; place += 1)
      if (heard(order[place]) < heard(order[silent])) silent = place;
    const quiet = order[silent];
    if (quiet === undefined || heard(quiet) >= heard(speaker)) break;
    order[order.indexOf(speaker)] = quiet;
    order[silent] = speaker;
  }
  return order;
}
