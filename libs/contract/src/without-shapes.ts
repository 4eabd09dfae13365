/** A value that JSON can hold. */
function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(isPlain);
}

function inBrowser(value: unknown): unknown {
  const isOperation = typeof value === 'object' && value !== null && 'verb' in value && 'path' in value;
  return isOperation ? { verb: value.verb, path: value.path } : value;
}

/**
 * What a module of the contract is in the browser: of an operation the verb and the path; lists, numbers and sentences
 * as they are. Shapes are left out, and with them functions and classes of the same module.
 * @param exported its values by name
 */
export function withoutShapes(exported: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(exported)
      .map(([name, value]) => [name, inBrowser(value)] as const)
      .filter(([, value]) => isPlain(value)),
  );
}

/** What a file imports or passes on as values, as it is written there: `zod`, `./shape.ts`. Types are not counted. */
export function importsOf(text: string): string[] {
  const statements = text.matchAll(/^(?:import|export)\s+(?:([^'";]*?)\s*from\s+)?['"]([^'"]+)['"]/gm);
  return [...statements].flatMap(([, names, from]) => {
    if (names === undefined) return [from as string];
    const inBraces = /^\{([^}]*)\}$/.exec(names)?.[1];
    const onlyTypes = inBraces?.split(',').every((name) => /^\s*(type\s|$)/.test(name)) ?? false;
    return /^type\s/.test(names) || onlyTypes ? [] : [from as string];
  });
}

/**
 * The modules that cannot be loaded without zod, because of themselves or of what they import.
 * @param texts of the contract's files, by their names (`chat.ts`)
 */
export function needingZod(texts: ReadonlyMap<string, string>): Set<string> {
  const needing = new Set(['zod']);
  for (let before = 0; before !== needing.size; ) {
    before = needing.size;
    for (const [file, text] of texts)
      if (importsOf(text).some((from) => needing.has(from.replace('./', '')))) needing.add(file);
  }
  needing.delete('zod');
  return needing;
}
