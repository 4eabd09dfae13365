import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Why an address was not called, or its answer not taken. */
export type OutboundReason =
  /** No http(s) address, or one with a name and password in it. */
  | 'bad-address'
  /** It leads into the house's own network, or the operator allows only other addresses. */
  | 'refused-address'
  /** The name is unknown, nobody listens, the certificate is not good, or the connection broke. */
  | 'unreachable'
  /** It answered with a redirect, or with more of them than the caller follows. */
  | 'redirected'
  | 'too-slow'
  | 'too-large';

/** A call outside that came to nothing. The message is its reason and never repeats the address. */
export class OutboundError extends Error {
  readonly reason: OutboundReason;
  constructor(reason: OutboundReason, cause?: unknown) {
    super(reason, { cause });
    this.name = 'OutboundError';
    this.reason = reason;
  }
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds for all of it: name, connection, redirects, answer. */
  readonly msMax: number;
  /** Bytes of the answer's body. */
  readonly bytesMax: number;
  /** What becomes of a longer answer: `refuse` it (unless said otherwise), or `cut` it. */
  readonly longer?: 'refuse' | 'cut';
  /** Redirects that are followed, each address checked as the first one was; 0 unless said otherwise. */
  readonly redirectsMax?: number;
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<http.IncomingHttpHeaders>;
  readonly body: Buffer;
  /** The address that answered, after redirects. */
  readonly url: string;
}

/** The addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

export interface OutboundRules {
  /** `public`: public addresses and those of `allow`; `listed`: those of `allow` alone; `off`: none. */
  readonly reach: 'public' | 'listed' | 'off';
  /** Names (`hooks.intern.example`, `*.intern.example`), addresses and networks (`10.1.0.0/16`) that may be called. */
  readonly allow: readonly string[];
}

/** Addresses of cloud machines' own metadata that lie among the public ones. */
const metadata = new Set(['168.63.129.16']);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address as the network will take it: one in IPv6 clothes is the IPv4 address inside. */
function addressOf(text: string): Address | null {
  const bare = text.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : ipaddr.process(bare);
}

/** Whether an address belongs to the public internet: not to this machine, its network, or a reserved block. */
export function isPublicAddress(text: string): boolean {
  const address = addressOf(text);
  if (address === null || address.range() !== 'unicast' || metadata.has(address.toString())) return false;
  // Outside 2000::/3 nothing is public, and the old IPv4-compatible addresses would pass as unicast.
  return address instanceof ipaddr.IPv4 || ((address.parts[0] ?? 0) & 0xe000) === 0x2000;
}

function isIn(address: Address, network: string): boolean {
  const [base = '', bits] = network.split('/');
  const start = addressOf(base);
  if (start === null || start.kind() !== address.kind()) return false;
  const length = bits === undefined ? start.toByteArray().length * 8 : Number(bits);
  return start instanceof ipaddr.IPv4
    ? address instanceof ipaddr.IPv4 && address.match(start, length)
    : address instanceof ipaddr.IPv6 && address.match(start, length);
}

function isNamed(name: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

const resolveByDns: Resolve = async (name) =>
  (await lookup(name, { all: true, order: 'ipv4first' })).map(({ address }) => address);

const redirects = new Set([301, 302, 303, 307, 308]);
/** Headers that are said to the first address only. */
const onlyFirst = new Set(['authorization', 'cookie']);

/**
 * Calls addresses that people typed, and never what lies inside the house: the name is resolved here, each of its
 * addresses is checked, and the connection goes to the checked address and not to the name, which could lead elsewhere
 * a moment later. Redirects are refused or checked in the same way; time and size of the answer are limited.
 */
export class Outbound {
  readonly #rules: OutboundRules;
  readonly #resolve: Resolve;

  constructor(rules: OutboundRules, resolve: Resolve = resolveByDns) {
    this.#rules = rules;
    this.#resolve = resolve;
  }

  /**
   * Checks an address without calling it, for the moment in which somebody types it. A name that cannot be resolved
   * now passes: it may be there tomorrow. @throws OutboundError 'bad-address', 'refused-address'
   */
  async check(address: string): Promise<void> {
    try {
      await this.#target(address);
    } catch (error) {
      if (!(error instanceof OutboundError && error.reason === 'unreachable')) throw error;
    }
  }

  /** Calls an address; an answer of any status is an answer. @throws OutboundError */
  async call(address: string, request: OutboundRequest): Promise<OutboundAnswer> {
    const deadline = AbortSignal.timeout(request.msMax);
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    let url = address;
    let headers = request.headers ?? {};
    for (let left = request.redirectsMax ?? 0; ; left -= 1) {
      const { target, addresses } = await untilAborted(this.#target(url), signal);
      const answer = await exchange(target, addresses, { ...request, headers, signal });
      if (!redirects.has(answer.status)) return answer;
      const next = answer.headers.location;
      if (left <= 0 || next === undefined || request.method === 'POST') throw new OutboundError('redirected');
      url = URL.canParse(next, target.href) ? new URL(next, target.href).href : next;
      headers = Object.fromEntries(
        Object.entries(headers).filter(([name]) => !onlyFirst.has(name.toLowerCase())),
      );
    }
  }

  async #target(address: string): Promise<{ target: URL; addresses: readonly string[] }> {
    if (!URL.canParse(address)) throw new OutboundError('bad-address');
    const target = new URL(address);
    const isWeb = target.protocol === 'https:' || target.protocol === 'http:';
    if (!isWeb || target.username !== '' || target.password !== '') throw new OutboundError('bad-address');
    if (this.#rules.reach === 'off') throw new OutboundError('refused-address');
    // A trailing dot names the same host.
    const name = target.hostname.replace(/\.$/, '');
    const literal = addressOf(name);
    const addresses = literal === null ? await this.#addressesOf(name) : [literal.toString()];
    if (addresses.length === 0) throw new OutboundError('unreachable');
    if (!addresses.every((one) => this.#allows(name, one))) throw new OutboundError('refused-address');
    return { target, addresses };
  }

  async #addressesOf(name: string): Promise<readonly string[]> {
    try {
      return await this.#resolve(name);
    } catch (error) {
      throw new OutboundError('unreachable', error);
    }
  }

  #allows(name: string, text: string): boolean {
    const address = addressOf(text);
    if (address === null) return false;
    const listed = this.#rules.allow.some((one) => isNamed(name, one) || isIn(address, one));
    return listed || (this.#rules.reach === 'public' && isPublicAddress(text));
  }
}

/** The promise, or an end by the signal, whichever is first: a resolver takes no signal. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const end = () => reject(new OutboundError('too-slow'));
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

type Exchange = OutboundRequest & { readonly signal: AbortSignal };

/** One request to one of the checked addresses, and its answer. */
function exchange(target: URL, addresses: readonly string[], request: Exchange): Promise<OutboundAnswer> {
  const send = target.protocol === 'https:' ? https.request : http.request;
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) =>
      reject(
        error instanceof OutboundError
          ? error
          : new OutboundError(request.signal.aborted ? 'too-slow' : 'unreachable', error),
      );
    const outgoing = send(
      target,
      {
        method: request.method ?? 'GET',
        headers: {
          ...request.headers,
          // What is unpacked here could be a thousand times what came.
          'accept-encoding': 'identity',
          ...(body ? { 'content-length': String(body.length) } : {}),
        },
        agent: false,
        signal: request.signal,
        lookup: (_name, options, done) => {
          const found = addresses.map((address) => ({ address, family: isIP(address) }));
          const first = found[0] as { address: string; family: number };
          if (options.all === true) done(null, found);
          else done(null, first.address, first.family);
        },
      },
      (incoming) => {
        take(incoming, request).then(
          (taken) =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: taken,
              url: target.href,
            }),
          fail,
        );
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

async function take(incoming: http.IncomingMessage, request: Exchange): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes <= request.bytesMax) continue;
    incoming.destroy();
    if (request.longer === 'cut') break;
    throw new OutboundError('too-large');
  }
  return Buffer.concat(parts).subarray(0, request.bytesMax);
}
