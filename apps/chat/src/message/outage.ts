/** SQLSTATE classes and codes that pass by themselves: the same statement may succeed in a moment. */
const passing = /^(08|53|57P|40001|40P01|55P03|23505)/;

/**
 * Whether an error means that the database is away or was busy, rather than that it refuses what we said. A unique
 * violation counts: the same client id came through two processes at once, and the second look finds the first.
 */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, name, driverError } = error as { code?: unknown; name?: unknown; driverError?: unknown };
  if (driverError !== undefined && driverError !== error) return isOutage(driverError);
  if (name === 'Refused' || name === 'AccessError') return false;
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return passing.test(code);
  // Errors of the connection itself carry no SQLSTATE: refused, reset, ended while a statement was under way.
  return typeof code === 'string' ? /^E[A-Z]+$/.test(code) : isConnectionText((error as Error).message);
}

function isConnectionText(message: unknown): boolean {
  return (
    typeof message === 'string' &&
    /connection|connect|not queryable|client was closed|not listening/i.test(message)
  );
}
