import { z } from 'zod';
import type { Released, Schema } from './narrowing.ts';
import type { Operation } from './operation.ts';

/** A schema for comparison: without what only a newer zod may write differently. */
function plain(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(schema, {
    io,
    reused: 'inline',
    override: ({ jsonSchema }) => {
      delete jsonSchema.$schema;
      // The format says it all; its pattern is zod's own and may be sharpened by a new zod.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  }) as Schema;
}

/** Operations as they are kept in `libs/contract/released/` when a version is released. */
export function releasedOf(operations: Readonly<Record<string, Operation>>): Released {
  const sorted = Object.entries(operations).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, { verb, path, who, input, output }]) => [
      name,
      { verb, path, who, input: plain(input, 'input'), output: plain(output, 'output') },
    ]),
  );
}
