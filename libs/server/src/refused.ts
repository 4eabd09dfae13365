import type { Problem } from '@parvis/contract/problem';

export interface RefusedField {
  readonly path: string;
  readonly code: string;
}

/**
 * We understood and we will not: a stable code that the portal translates, with an HTTP status.
 * Anything else that is thrown is a bug, logged and answered as `internal`.
 */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: RefusedField[] | undefined;

  constructor(status: number, code: string, fields?: RefusedField[]) {
    super(code);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
    this.fields = fields;
  }

  /** The same answer for what does not exist and for what is not the caller's to know. */
  static notFound(): Refused {
    return new Refused(404, 'not-found');
  }
  static noSession(): Refused {
    return new Refused(401, 'no-session');
  }
  /** For what the caller may see but not do. */
  static notAllowed(code = 'not-allowed'): Refused {
    return new Refused(403, code);
  }
  static badInput(fields: RefusedField[] = [], code = 'bad-input'): Refused {
    return new Refused(400, code, fields);
  }
  static conflict(code: string): Refused {
    return new Refused(409, code);
  }
  static unavailable(code = 'unavailable'): Refused {
    return new Refused(503, code);
  }
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Wrong content type',
  416: 'Range not satisfiable',
  429: 'Too many requests',
  503: 'Unavailable',
};

/** RFC 9457 body of a refusal. */
export function problemOf(refused: Refused, requestId: string): Problem {
  return {
    type: `urn:parvis:problem:${refused.code}`,
    title: titles[refused.status] ?? 'Error',
    status: refused.status,
    code: refused.code,
    requestId,
    ...(refused.fields && refused.fields.length > 0 ? { fields: refused.fields } : {}),
  };
}

/** Codes of Fastify's and PostgreSQL's own refusals, in our words. */
const foreignCodes: Record<string, [number, string]> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'bad-json'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'bad-json'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'body-too-large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'wrong-content-type'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'bad-input'],
  FST_ERR_BAD_URL: [400, 'bad-input'],
  FST_ERR_MAX_PARAM_LENGTH: [404, 'not-found'],
  // PostgreSQL keeps no NUL, in text and in jsonb.
  '22021': [400, 'bad-input'],
  '22P05': [400, 'bad-input'],
};

interface Coded {
  readonly code?: unknown;
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly name?: unknown;
}

/** Statuses of the access library's refusals; each `AccessError` carries one of these codes. */
const accessStatuses: Record<string, number> = {
  'not-found': 404,
  'parent-missing': 404,
  'unknown-subject': 404,
  'not-allowed': 403,
  'role-too-high': 403,
  'bad-cursor': 400,
  'ends-in-past': 400,
};

/** PostgreSQL and the network, when the database is away, restarting, full or too slow. */
const awayShape =
  /^(ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08\w{3}|53\w{3}|57P0[1-5]|57014)$/;
const awayWords = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/;

/** Whether something we depend on is away: not a bug, and to be tried again later. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Coded;
  return (typeof code === 'string' && awayShape.test(code)) || awayWords.test(error.message);
}

/** What a thrown value says to the caller, or null when it is a bug of ours. */
export function refusalOf(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (typeof error !== 'object' || error === null) return null;
  const { code, status, statusCode, name } = error as Coded;
  if (typeof code === 'string' && foreignCodes[code]) return new Refused(...foreignCodes[code]);
  if (name === 'AccessError' && typeof code === 'string') {
    return new Refused(accessStatuses[code] ?? 409, code);
  }
  if (error instanceof SyntaxError && statusCode === 400) return new Refused(400, 'bad-json');
  if (isAway(error)) return Refused.unavailable();
  const http = typeof status === 'number' ? status : statusCode;
  if (http === 404) return Refused.notFound();
  if (http === 413) return new Refused(413, 'body-too-large');
  if (http === 415) return new Refused(415, 'wrong-content-type');
  if (http === 429) return new Refused(429, 'too-many-requests');
  if (typeof http === 'number' && http >= 400 && http < 500) return new Refused(http, 'bad-input');
  return null;
}
