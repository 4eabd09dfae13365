import { connect } from 'node:net';

/** Milliseconds a part has to answer. */
const answerMsMax = 2_000;

/** Whether anything answers HTTP there, whatever it says short of a server's own fault. */
export async function answersHttp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(answerMsMax) });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

/** Whether a line sent over TCP is answered by one that begins as expected. */
export function answersLine(host: string, port: number, line: string, expected: RegExp): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let heard = '';
    const end = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.setTimeout(answerMsMax, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => socket.write(line));
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (expected.test(heard)) end(true);
      else if (heard.length > 200) end(false);
    });
  });
}
