import { fileIdHeader, uploadsPath } from '@parvis/contract/drive';

/** Anybody who can send requests: a visitor, or a visitor at another address. */
export interface Sender {
  fetch(path: string, init?: RequestInit): Promise<Response>;
}
export interface Wanted {
  readonly parentId: string;
  readonly name: string;
  readonly type?: string;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const tus = { 'tus-resumable': '1.0.0' };
const bytesType = { 'content-type': 'application/offset+octet-stream' };

/** A client of tus 1.0, written from its specification. */
export function createUpload(
  by: Sender,
  wanted: Wanted,
  sizeBytes: number,
  more: { headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
): Promise<Response> {
  const metadata = Object.entries(wanted).map(([name, value]) => `${name} ${base64(String(value))}`);
  const headers = { ...tus, 'upload-length': String(sizeBytes), 'upload-metadata': metadata.join(',') };
  return by.fetch(uploadsPath, {
    method: 'POST',
    headers: { ...headers, ...(more.body ? bytesType : {}), ...more.headers },
    ...(more.body ? { body: more.body } : {}),
  });
}

/** The path of a new upload. */
export async function begin(by: Sender, wanted: Wanted, sizeBytes: number): Promise<string> {
  const answer = await createUpload(by, wanted, sizeBytes);
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.headers.get('location') as string;
}

export function patch(
  by: Sender,
  path: string,
  offset: number,
  body: NonNullable<RequestInit['body']>,
  more: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return by.fetch(path, {
    method: 'PATCH',
    headers: { ...tus, ...bytesType, 'upload-offset': String(offset), ...more },
    body,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  } as RequestInit);
}

export const ask = (by: Sender, path: string) => by.fetch(path, { method: 'HEAD', headers: tus });
export const giveUp = (by: Sender, path: string) => by.fetch(path, { method: 'DELETE', headers: tus });

export async function offsetOf(by: Sender, path: string): Promise<number> {
  return Number((await ask(by, path)).headers.get('upload-offset'));
}

/** Uploads all at once, and gives the new file's id. */
export async function upload(by: Sender, wanted: Wanted, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const path = await begin(by, wanted, bytes.byteLength);
  if (bytes.byteLength === 0) return (await ask(by, path)).headers.get(fileIdHeader) as string;
  const answer = await patch(by, path, 0, bytes);
  const id = answer.headers.get(fileIdHeader);
  if (answer.status !== 204 || id === null) throw new Error(`${answer.status} ${await answer.text()}`);
  return id;
}
