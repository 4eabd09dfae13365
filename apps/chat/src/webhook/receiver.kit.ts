import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    type: string;
    data: { channel: { title: string }; entry?: { seq: number; message?: { body: string } } } & Record<
      string,
      unknown
    >;
  };
}

/** A program outside that is told of things: it checks signatures as the Standard Webhooks scheme has it. */
export class Receiver {
  readonly heard: Heard[] = [];
  /** What the next requests are answered, then 200; and what their answers wait for. */
  readonly statuses: number[] = [];
  readonly gates: Promise<void>[] = [];
  /** Whether a request is answered 503, in whatever turn it comes. */
  refuses: (body: Heard['body']) => boolean = () => false;
  /** What each request is answered. */
  reply = '';
  /** Requests under way at once, at most. */
  together = 0;
  #underWay = 0;
  readonly #server: Server;

  private constructor() {
    // A request that breaks off, as when the test ends, is nobody's fault.
    this.#server = createServer((request, response) => void this.#hear(request, response).catch(() => {}));
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1;
    this.together = Math.max(this.together, this.#underWay);
    try {
      let text = '';
      for await (const part of request) text += String(part);
      const body = JSON.parse(text) as Heard['body'];
      this.heard.push({ headers: request.headers, text, body });
      await new Promise((resolve) => setTimeout(resolve, 5));
      await this.gates.shift();
      const status = this.refuses(body) ? 503 : (this.statuses.shift() ?? 200);
      response.writeHead(status, { 'content-type': 'application/json' });
    } finally {
      this.#underWay -= 1;
    }
    response.end(this.reply);
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/told`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Whether a request was signed with this secret a moment ago. */
export function isSignedWith(secret: string, { headers, text }: Pick<Heard, 'headers' | 'text'>): boolean {
  const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((one) => {
      const given = Buffer.from(one.replace(/^v1,/, ''), 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
}
