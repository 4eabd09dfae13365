import type { Orders, Way } from './orders.ts';

/** Times that what was drawn is offered to the house, and milliseconds between two. */
const attemptsMax = 20;
const againMs = 500;

const key = document.querySelector<HTMLMetaElement>('meta[name=key]')?.content ?? '';

async function ask(path: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'x-key': key, 'content-type': 'application/octet-stream' },
      ...(body && { body }),
    }).catch(() => null);
    if (answer?.ok) return answer;
    if (attempt >= attemptsMax) throw new Error(`the house does not take ${path}`);
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/** A new way into the room. */
export const askWay = async (): Promise<Way> => (await (await ask('/way')).json()) as Way;

/** Brings what was drawn, which is on the disk when this resolves. */
export const bring = async (records: Uint8Array<ArrayBuffer>): Promise<Orders> =>
  (await (await ask('/frames', records)).json()) as Orders;

/** Says that everything was brought. */
export const sayDone = async (): Promise<void> => void (await ask('/done'));
