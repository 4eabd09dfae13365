import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Source } from '@parvis/blobs/blob-store';

/** Milliseconds to connect, and without a sign of life while a file is sent or looked at. */
const connectMsMax = 5_000;
const silenceMsMax = 120_000;
const answerBytesMax = 4_096;

/** `infected` carries the signature's name. `too-large`: clamd takes no file of this size. */
export type Finding =
  | { readonly verdict: 'clean' }
  | { readonly verdict: 'infected'; readonly name: string }
  | { readonly verdict: 'too-large' };

/** clamd did not answer, or answered something else than a verdict: to be tried again. */
export class ScannerAway extends Error {
  constructor(reason: string, cause?: unknown) {
    super(`the virus scanner gave no verdict: ${reason}`, { cause });
    this.name = 'ScannerAway';
  }
}

/**
 * Sends bytes to clamd (INSTREAM) as they are read, and resolves to what it found.
 * @throws ScannerAway, and the source's own error
 */
export async function scan(
  at: { host: string; port: number },
  source: Source,
  signal: AbortSignal,
): Promise<Finding> {
  const socket = connect(at.port, at.host);
  const stop = () => socket.destroy(new ScannerAway('its time was up'));
  signal.addEventListener('abort', stop, { once: true });
  socket.setTimeout(connectMsMax, () => socket.destroy(new ScannerAway('it is silent')));
  const answer = answerOf(socket);
  // Heard by whoever awaits it below; until then it must not count as unhandled.
  answer.catch(() => undefined);
  try {
    await once(socket, 'connect').catch((error: unknown) => {
      throw error instanceof ScannerAway ? error : new ScannerAway('it does not listen', error);
    });
    socket.setTimeout(silenceMsMax);
    await send(socket, source);
    return findingOf(await answer);
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

async function send(socket: Socket, source: Source): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const chunk of source) {
    // clamd answers and hangs up at once when the stream is too long for it.
    if (!socket.writable || socket.readableEnded) return;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.byteLength);
    socket.write(length);
    if (chunk.byteLength > 0 && !socket.write(chunk)) await drained(socket);
  }
  if (socket.writable) socket.write(Buffer.alloc(4));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      for (const event of ['drain', 'close', 'error', 'end']) socket.off(event, go);
      resolve();
    };
    for (const event of ['drain', 'close', 'error', 'end']) socket.once(event, go);
  });
}

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')));
      else if (text.length > answerBytesMax) reject(new ScannerAway('its answer is no answer'));
    });
    socket.once('error', (error) => {
      if (text !== '') resolve(text);
      else reject(error instanceof ScannerAway ? error : new ScannerAway('the connection broke', error));
    });
    socket.once('close', () => (text === '' ? reject(new ScannerAway('it hung up')) : resolve(text)));
  });
}

function findingOf(answer: string): Finding {
  if (/^stream: OK$/.test(answer)) return { verdict: 'clean' };
  const name = /^stream: (.{1,200}) FOUND$/.exec(answer)?.[1];
  if (name) return { verdict: 'infected', name };
  if (answer.includes('size limit exceeded')) return { verdict: 'too-large' };
  throw new ScannerAway(answer.slice(0, 200));
}
