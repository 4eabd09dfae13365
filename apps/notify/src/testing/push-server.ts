import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a push service was given, and what the browser behind it reads. */
export interface Pushed {
  readonly path: string;
  readonly text: string;
  /** What the sender says of itself, checked against the key in the same header. */
  readonly vapid: { aud: string; sub: string; key: string };
  readonly raw: Buffer;
}

const b64 = (text: string): Buffer => Buffer.from(text, 'base64url');

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Reads the sender's token. @throws when its signature is not that of the key that comes with it */
function vapidOf(header: string): Pushed['vapid'] {
  const token = /t=([^,]+)/.exec(header)?.[1] ?? '';
  const key = /k=([^,]+)/.exec(header)?.[1] ?? '';
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = b64(key);
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, b64(signature)))
    throw new Error('the token is not signed by its key');
  return { ...(JSON.parse(b64(claims).toString()) as { aud: string; sub: string }), key };
}

/** A push service and the browsers behind it: it answers as it is told, and decrypts as RFC 8291 says. */
export class PushServer {
  readonly pushed: Pushed[] = [];
  readonly #ecdh = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  readonly #server: Server;
  status = 201;

  constructor() {
    this.#ecdh.generateKeys();
    this.#server = createServer((request, response) => {
      void bodyOf(request).then((raw) => {
        this.pushed.push({
          path: request.url ?? '',
          text: this.#decrypt(raw),
          vapid: vapidOf(request.headers.authorization ?? ''),
          raw,
        });
        response.writeHead(this.status).end();
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What a browser gives when it subscribes. */
  subscription(path: string): { endpoint: string; p256dh: string; auth: string } {
    const { port } = this.#server.address() as AddressInfo;
    return {
      endpoint: `http://127.0.0.1:${port}${path}`,
      p256dh: this.#ecdh.getPublicKey('base64url'),
      auth: this.#auth.toString('base64url'),
    };
  }

  #decrypt(raw: Buffer): string {
    const salt = raw.subarray(0, 16);
    const length = raw.readUInt8(20);
    const theirs = raw.subarray(21, 21 + length);
    const sealed = raw.subarray(21 + length);
    const shared = this.#ecdh.computeSecret(theirs);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#ecdh.getPublicKey(), theirs]);
    const input = Buffer.from(hkdfSync('sha256', shared, this.#auth, info, 32));
    const prk = createHmac('sha256', salt).update(input).digest();
    const expand = (label: string, size: number) =>
      createHmac('sha256', prk).update(`Content-Encoding: ${label}\0\u0001`).digest().subarray(0, size);
    const decipher = createDecipheriv('aes-128-gcm', expand('aes128gcm', 16), expand('nonce', 12));
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return plain.subarray(0, plain.lastIndexOf(2)).toString();
  }
}
