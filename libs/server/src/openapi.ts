import { type Operation, pathParameters, type Scope, scopes, type Who } from '@parvis/contract/operation';
import { commonCodes, Problem } from '@parvis/contract/problem';
import { z } from 'zod';
import { sessionCookieName } from './cookies.ts';

type Json = Record<string, unknown>;
interface ObjectSchema extends Json {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}
export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses: Readonly<Record<string, Json>>;
  readonly 'x-parvis-who': Who;
  /** What a bot's token must be for; absent where bots may not call. */
  readonly 'x-parvis-scope'?: Scope;
}
/** An OpenAPI 3.1 document, as far as we write it. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Json;
}

const whoWords: Record<Who, string> = {
  anyone: 'Anyone may call this, without a session.',
  'signed-in': 'Members and guests may call this.',
  member: 'Members may call this; guests may not.',
  administrator: 'Administrators may call this.',
};

/** Shapes with a name of their own, as the document's components hold them. */
type Named = Record<string, Json>;

/** Shapes that a schema names (those that hold themselves) go to `named`, where its references then lead. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output', named: Named): ObjectSchema {
  const whole = z.toJSONSchema(shape, { io }) as ObjectSchema & { $defs?: Named };
  const { $schema: _, $defs = {}, ...schema } = told(whole);
  Object.assign(named, $defs);
  return schema;
}

function told<T extends Json>(schema: T): T {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => {
      // Answers may gain fields; a client that refuses them would break.
      if (key === 'additionalProperties' && value === false) return undefined;
      if (key !== '$ref' || typeof value !== 'string') return value;
      return value.replace(/^#\/\$defs\//, '#/components/schemas/');
    }),
  ) as T;
}

function without(schema: ObjectSchema, names: readonly string[]): ObjectSchema {
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !names.includes(name));
  const { required, ...rest } = schema;
  const left = (required ?? []).filter((name) => !names.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(properties),
    ...(left.length > 0 ? { required: left } : {}),
  };
}

/** `/api/chat/channels` belongs to `chat`. */
function domainOf(path: string): string {
  return path.split('/')[2] ?? 'api';
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** What may be refused, by status; every answer of ours that is no success is one of these. */
function refusalsOf(who: Who, hasPath: boolean, hasBody: boolean): Record<string, Json> {
  return {
    '400': problem(`\`bad-input\` with a code per field${hasBody ? ', or `bad-json`' : ''}.`),
    ...(who === 'anyone'
      ? {}
      : { '401': problem('`no-session`: no session, an expired one, or a bad token.') }),
    ...(who === 'anyone' && !hasBody
      ? {}
      : { '403': problem('`not-allowed`, or `foreign-origin` from a page that is not ours.') }),
    ...(hasPath
      ? { '404': problem('`not-found`: it does not exist, or the caller may not know of it.') }
      : {}),
    ...(hasBody
      ? {
          '413': problem('`body-too-large`.'),
          '415': problem('`wrong-content-type`: send application/json.'),
        }
      : {}),
    '429': problem('`too-many-requests`: try again after the seconds in Retry-After.'),
    default: problem('Another refusal; `code` is stable.'),
  };
}

function operationOf(name: string, op: Operation, named: Named): OpenApiOperation {
  const inPath = pathParameters(op.path);
  const input = schemaOf(op.input, 'input', named);
  const hasBody = op.verb !== 'GET' && op.verb !== 'DELETE';
  const rest = without(input, inPath);
  const parameters = [
    ...inPath.map((one) => ({
      name: one,
      in: 'path',
      required: true,
      schema: input.properties?.[one] ?? { type: 'string' },
    })),
    ...(hasBody
      ? []
      : Object.entries(rest.properties ?? {}).map(([one, schema]) => ({
          name: one,
          in: 'query',
          required: rest.required?.includes(one) === true,
          schema,
        }))),
  ];
  return {
    operationId: name,
    summary: op.summary,
    description: op.scope ? `${whoWords[op.who]} Bots need a token for \`${op.scope}\`.` : whoWords[op.who],
    tags: [domainOf(op.path)],
    security:
      op.who === 'anyone' ? [] : [{ session: [] }, { token: [] }, ...(op.scope ? [{ bot: [op.scope] }] : [])],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? { requestBody: { required: true, content: { 'application/json': { schema: rest } } } }
      : {}),
    responses: {
      '200': {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(op.output, 'output', named) } },
      },
      ...refusalsOf(op.who, inPath.length > 0, hasBody),
    },
    'x-parvis-who': op.who,
    ...(op.scope ? { 'x-parvis-scope': op.scope } : {}),
  };
}

/** The OpenAPI 3.1 document of a set of operations, by their names. */
export function openApiOf(
  operations: Readonly<Record<string, Operation>>,
  about: { readonly version: string; readonly publicUrl: string },
): OpenApi {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  const domains = new Set<string>();
  const named: Named = {};
  named.Problem = schemaOf(Problem, 'output', named);
  for (const [name, op] of Object.entries(operations)) {
    const path = op.path.replace(/:([a-zA-Z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [op.verb.toLowerCase()]: operationOf(name, op, named) };
    domains.add(domainOf(op.path));
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parvis',
      version: about.version,
      description: `Every refusal is an RFC 9457 problem with a stable \`code\`. Any operation may answer: ${commonCodes.map((code) => `\`${code}\``).join(', ')}.`,
    },
    servers: [{ url: about.publicUrl.replace(/\/$/, '') }],
    tags: [...domains].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: named,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookieName(about.publicUrl),
          description: 'The session of a browser.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the identity provider, for our audience.',
        },
        bot: {
          type: 'http',
          scheme: 'bearer',
          description: `The token of a bot, with the scopes that were chosen for it: ${scopes.map((one) => `\`${one}\``).join(', ')}. Where an operation names no scope, bots are refused with \`scope-missing\`.`,
        },
      },
    },
  };
}
