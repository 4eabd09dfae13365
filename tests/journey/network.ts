import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A forward proxy between one browser and the house, whose cable can be pulled: every connection ends, none begins. */
export class Network {
  readonly #server: Server = createServer();
  readonly #open = new Set<Socket>();
  #isCut = false;
  #noSockets = false;
  /** Bytes that may still go up before the cable is pulled once, or null. */
  #bytesLeft: number | null = null;
  /** How often the cable was pulled by {@link cutAfter}. */
  cuts = 0;

  constructor() {
    this.#server.on('connection', (socket) => this.#keep(socket));
    this.#server.on('request', (request, response) => this.#pass(request, response));
    this.#server.on('connect', (request, client, head) => this.#tunnel(request, client, head));
  }

  /** What a browser context needs to go through here, also for localhost. */
  async open(): Promise<{ server: string; bypass: string }> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' };
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** A proxy that lets plain requests through and no socket, like many; those that are open end. */
  blockSockets(): void {
    this.#noSockets = true;
    this.cut();
    this.mend();
  }

  allowSockets(): void {
    this.#noSockets = false;
  }

  /** Pulls the cable once, after so many bytes of request bodies, and puts it back at once. */
  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  #keep(socket: Socket): void {
    if (this.#isCut) return void socket.destroy();
    this.#open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#open.delete(socket));
  }

  #count(bytes: number): void {
    if (this.#bytesLeft === null) return;
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft > 0) return;
    this.#bytesLeft = null;
    this.cuts += 1;
    this.cut();
    this.mend();
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const onward = httpRequest(
      {
        host: url.hostname,
        port: url.port || 80,
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers,
        agent: false,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('socket', (socket) => this.#keep(socket));
    onward.on('error', () => response.destroy());
    response.once('close', () => onward.destroy());
    request.on('data', (chunk: Buffer) => this.#count(chunk.length));
    request.pipe(onward);
  }

  #tunnel(request: IncomingMessage, client: Duplex, head: Buffer): void {
    // A browser asks for a tunnel when it wants a socket.
    if (this.#noSockets) return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const [host = '', port = '80'] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      client.pipe(onward).pipe(client);
    });
    this.#keep(onward);
    onward.once('close', () => client.destroy());
    client.on('error', () => onward.destroy());
    client.once('close', () => onward.destroy());
  }
}
