import { type GivenTo, type Operation, type OutputOf, pathParameters } from './operation.ts';
import { Refusal, refusalIn } from './refusal.ts';

export interface CallOptions {
  /** Origin of the service or gateway; empty in the browser (same origin). */
  readonly base?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Splits an input into the URL (path parameters, query) and the JSON body. */
function place(op: Operation, input: Record<string, unknown>): { url: string; body?: string } {
  const rest = { ...input };
  let url: string = op.path;
  for (const name of pathParameters(op.path)) {
    url = url.replace(`:${name}`, encodeURIComponent(String(rest[name])));
    delete rest[name];
  }
  if (op.verb !== 'GET' && op.verb !== 'DELETE') return { url, body: JSON.stringify(rest) };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(name, String(one));
    }
  }
  const text = query.toString();
  return { url: text ? `${url}?${text}` : url };
}

async function refusalOf(response: Response): Promise<Refusal> {
  const refusal = refusalIn(await response.json().catch(() => null));
  if (refusal) return refusal;
  return new Refusal({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: response.status >= 500 ? 'unavailable' : 'not-found',
  });
}

/**
 * Calls an operation and checks what arrives against its output schema; in the browser operations carry none
 * (browser.mjs), and what the house answers is taken as it is.
 * @throws Refusal when the service refuses or cannot be reached.
 */
export async function call<T extends Operation>(
  op: T,
  input: GivenTo<T>,
  options: CallOptions = {},
): Promise<OutputOf<T>> {
  const { url, body } = place(op, input as Record<string, unknown>);
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const init: RequestInit = { method: op.verb, headers };
  if (body !== undefined) init.body = body;
  if (options.signal) init.signal = options.signal;
  const response = await fetch(`${options.base ?? ''}${url}`, init).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    throw new Refusal({ type: 'about:blank', title: 'Offline', status: 0, code: 'offline' });
  });
  if (!response.ok) throw await refusalOf(response);
  const payload: unknown = response.status === 204 ? undefined : await response.json();
  const shape: Operation['output'] | undefined = op.output;
  return (shape === undefined ? payload : shape.parse(payload)) as OutputOf<T>;
}
