import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP server that stands for what is not ours. */
export interface Engine {
  /** Up to `/v1`. */
  readonly url: string;
  /** What was asked, newest last. */
  readonly asked: string[];
  stop(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

type Answers = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

async function served(answers: Answers, asked: string[]): Promise<Engine> {
  const server = createServer((request, response) => {
    answers(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The hertz of a hum in 16-bit samples at 16 kHz, by how often it crosses zero, to the next hundred. */
function hertzOf(samples: Int16Array): number {
  const loud = samples.filter((sample) => Math.abs(sample) > 500);
  let crossings = 0;
  for (let at = 1; at < loud.length; at += 1)
    if (Math.sign(loud[at] ?? 0) !== Math.sign(loud[at - 1] ?? 0)) crossings += 1;
  return Math.round(crossings / 2 / (loud.length / 16_000) / 100) * 100;
}

/** A speech engine that understands hums: it writes down which of the given tones it hears. `asked` are its paths. */
export async function aHumEngine(words: Readonly<Record<number, string>>): Promise<Engine> {
  const asked: string[] = [];
  return served(async (request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    const body = await bodyOf(request);
    if (request.url === '/v1/models')
      return response.end(JSON.stringify({ data: [{ id: 'hum-1', languages: ['en', 'fr'] }] }));
    const at = body.indexOf('RIFF');
    const end = body.lastIndexOf('\r\n--');
    const size = Math.min(body.readUInt32LE(at + 40), Math.max(0, end - at - 44)) & ~1;
    const sound = new Uint8Array(body.subarray(at + 44, at + 44 + size));
    const hertz = hertzOf(new Int16Array(sound.buffer));
    const near = Object.keys(words).find((tone) => Math.abs(Number(tone) - hertz) <= 100);
    const text = near === undefined ? `unknown ${hertz}` : words[Number(near)];
    return response.end(
      JSON.stringify({
        text,
        language: 'english',
        segments: [{ avg_logprob: -0.1, no_speech_prob: 0.01 }],
      }),
    );
  }, asked);
}

/** A language model that gives one answer after the other, the last for ever; a number is a status. */
export async function aModel(answers: readonly (string | number)[]): Promise<Engine> {
  const asked: string[] = [];
  let turn = 0;
  return served(async (request, response) => {
    asked.push((await bodyOf(request)).toString());
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    if (typeof answer === 'number') return response.writeHead(answer).end();
    response.setHeader('content-type', 'application/json');
    return response.end(JSON.stringify({ choices: [{ message: { content: answer } }] }));
  }, asked);
}
