/** A JSON Schema, as far as `z.toJSONSchema` writes it for our contract. */
export interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
}
/** One operation as it was, or is, released. */
export interface ReleasedOperation {
  readonly verb: string;
  readonly path: string;
  readonly who: string;
  readonly input: Schema;
  readonly output: Schema;
}
export type Released = Readonly<Record<string, ReleasedOperation>>;

/** Each admits whoever the ones after it admit. */
const whos = ['anyone', 'signed-in', 'member', 'administrator'];
const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'] as const;

/**
 * What a client of the released contract would miss in the current one: an operation, a right to call, an input
 * that was accepted, a field of an answer. Each finding is a line that names the operation and the place.
 */
export function narrowings(released: Released, current: Released): string[] {
  const found: string[] = [];
  for (const [name, before] of Object.entries(released)) {
    const now = current[name];
    if (!now) {
      found.push(`${name}: the operation is gone`);
      continue;
    }
    if (now.verb !== before.verb) found.push(`${name}: the verb was ${before.verb} and is ${now.verb}`);
    if (samePath(now.path) !== samePath(before.path))
      found.push(`${name}: the path was ${before.path} and is ${now.path}`);
    if (whos.indexOf(now.who) > whos.indexOf(before.who))
      found.push(`${name}: was for ${before.who} and is for ${now.who}`);
    // Whatever was accepted must be accepted; whatever is answered must be something that could be answered before.
    found.push(...misfits(before.input, now.input, 'input').map((line) => `${name}: ${line}`));
    found.push(...misfits(now.output, before.output, 'output').map((line) => `${name}: ${line}`));
  }
  return found;
}

/** A path parameter keeps its place and may be renamed only together with the input field, which is compared. */
function samePath(path: string): string {
  return path.replace(/:[a-zA-Z]+/g, ':');
}

/** Why some value of `from` might not be a value of `to`; empty when every value of `from` fits. */
function misfits(from: Schema, to: Schema, place: string): string[] {
  const alternatives = from.anyOf ?? from.oneOf;
  if (alternatives) return alternatives.flatMap((one) => misfits(one, to, place));
  if (Array.isArray(from.type))
    return from.type.flatMap((type: string) => misfits({ ...from, type }, to, place));
  if (from.enum) return from.enum.flatMap((value) => misfits({ const: value }, to, place));
  const choices = to.anyOf ?? to.oneOf;
  if (choices) {
    const tries = choices.map((one) => misfits(from, one, place));
    // The closest choice tells most.
    return tries.reduce((best, one) => (one.length < best.length ? one : best), tries[0] ?? []);
  }
  const all = [...(to.allOf ?? []).flatMap((one) => misfits(from, one, place))];
  if ('const' in from) return [...all, ...constMisfits(from.const, to, place)];
  if (to.enum || 'const' in to) return [...all, `${place}: only some of the values are left`];
  return [
    ...all,
    ...typeMisfits(from, to, place),
    ...boundMisfits(from, to, place),
    ...partMisfits(from, to, place),
  ];
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function constMisfits(value: unknown, to: Schema, place: string): string[] {
  const told = JSON.stringify(value);
  if ('const' in to)
    return to.const === value ? [] : [`${place}: ${told} does not fit ${JSON.stringify(to.const)}`];
  if (to.enum) return to.enum.includes(value) ? [] : [`${place}: ${told} is not among the values`];
  const type = typeName(value);
  const [length, number] = [typeof value === 'string' ? value.length : undefined, value as number];
  const exact: Schema =
    length === undefined
      ? { type, minimum: number, maximum: number, exclusiveMinimum: number - 1, exclusiveMaximum: number + 1 }
      : { type, minLength: length, maxLength: length };
  const { pattern, ...rest } = to;
  const found = [...typeMisfits(exact, rest, place), ...boundMisfits(exact, rest, place)];
  if (pattern !== undefined && typeof value === 'string' && !new RegExp(pattern, 'u').test(value))
    found.push(`${place}: ${told} is not of the pattern ${pattern}`);
  return found;
}

function typeMisfits(from: Schema, to: Schema, place: string): string[] {
  if (to.type === undefined) return [];
  const types = Array.isArray(to.type) ? (to.type as readonly string[]) : [to.type as string];
  const type = from.type as string | undefined;
  if (type !== undefined && (types.includes(type) || (type === 'integer' && types.includes('number'))))
    return [];
  return [`${place}: ${type ?? 'anything'} does not fit ${types.join(' or ')}`];
}

function unfit(place: string, bound: string, was: number | undefined, is: number): string {
  return `${place}: ${bound} ${was ?? 'none'} does not fit ${is}`;
}

function boundMisfits(from: Schema, to: Schema, place: string): string[] {
  const found: string[] = [];
  for (const bound of lowerBounds) {
    const [was, is] = [from[bound] as number | undefined, to[bound] as number | undefined];
    if (is !== undefined && (was === undefined || was < is)) found.push(unfit(place, bound, was, is));
  }
  for (const bound of upperBounds) {
    const [was, is] = [from[bound] as number | undefined, to[bound] as number | undefined];
    if (is !== undefined && (was === undefined || was > is)) found.push(unfit(place, bound, was, is));
  }
  if (to.format !== undefined && from.format !== to.format)
    found.push(`${place}: not always of the format ${to.format}`);
  // zod writes a pattern beside each format it knows; that one may be sharpened by a new zod.
  else if (to.pattern !== undefined && from.pattern !== to.pattern && to.format === undefined)
    found.push(`${place}: not always of the pattern ${to.pattern}`);
  return found;
}

function partMisfits(from: Schema, to: Schema, place: string): string[] {
  const found: string[] = [];
  const [given, wanted] = [from.properties ?? {}, to.properties ?? {}];
  const sure = new Set(from.required ?? []);
  for (const name of to.required ?? [])
    if (!sure.has(name)) found.push(`${place}.${name}: is required and may be missing`);
  for (const [name, one] of Object.entries(wanted)) {
    const part = given[name];
    if (part) found.push(...misfits(part, one, `${place}.${name}`));
    else if (place.startsWith('output') && !to.required?.includes(name))
      found.push(`${place}.${name}: is no longer told`);
  }
  // Answers may gain fields, which old clients pass over; what a question loses was meant by somebody.
  if (place.startsWith('input') && to.properties)
    for (const name of Object.keys(given))
      if (!(name in wanted)) found.push(`${place}.${name}: is no longer known`);
  if (typeof to.additionalProperties === 'object') {
    if (typeof from.additionalProperties === 'object')
      found.push(...misfits(from.additionalProperties, to.additionalProperties, `${place}.*`));
    else if (from.additionalProperties !== false) found.push(`${place}.*: may be anything`);
  }
  if (to.items) found.push(...misfits(from.items ?? {}, to.items, `${place}[]`));
  return found;
}
