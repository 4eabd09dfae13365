import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
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
  /** What the next requests are answered, then 200. */
  readonly statuses: number[] = [];
  /** What each request is answered. */
  reply = '';
  /** Requests under way at once, at most. */
  together = 0;
  #underWay = 0;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      this.#underWay += 1;
      this.together = Math.max(this.together, this.#underWay);
      let text = '';
      for await (const part of request) text += String(part);
      this.heard.push({ headers: request.headers, text, body: JSON.parse(text) as Heard['body'] });
      await new Promise((resolve) => setTimeout(resolve, 5));
      this.#underWay -= 1;
      response
        .writeHead(this.statuses.shift() ?? 200, { 'content-type': 'application/json' })
        .end(this.reply);
    });
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
