import { call } from '@parvis/contract/call';
import { type Conversion, getConversion, importsPath, supplyFiles } from '@parvis/contract/doc-conversion';
import { contentPath } from '@parvis/contract/content-path';
import { fileIdHeader, uploadsPath } from '@parvis/contract/drive';
import { Refusal, refusalIn } from '@parvis/contract/refusal';

/** Milliseconds between two looks at how far a conversion has come: soon at first, then less often. */
const lookMsMin = 300;
const lookMsMax = 2_000;

const bytesType = 'application/octet-stream';

/** @throws Refusal when the answer is one, or there is none */
async function asked(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, init).catch(() => null);
  if (answer?.ok) return answer;
  const refusal = refusalIn(await answer?.json().catch(() => null));
  if (refusal) throw refusal;
  const status = answer?.status ?? 0;
  throw new Refusal({
    type: 'about:blank',
    title: 'Offline',
    status,
    code: status === 0 ? 'offline' : 'unavailable',
  });
}

/** Sends a file that is to become a document. @throws Refusal */
export async function sendFile(parentId: string, file: File): Promise<Conversion> {
  const query = new URLSearchParams({ parentId, name: file.name });
  const answer = await asked(`${importsPath}?${query}`, {
    method: 'POST',
    headers: { 'content-type': bytesType },
    body: file,
  });
  return (await answer.json()) as Conversion;
}

/** Where the file of an export is fetched. */
export const resultPath = (id: string): string => `/api/docs/conversions/${id}/content`;

/**
 * Follows a conversion to its end, and brings it the pictures that it waits for with the person's own rights.
 * @throws Refusal; the signal's reason when it aborts
 */
export async function follow(
  begun: Conversion,
  seen: (now: Conversion) => void,
  signal: AbortSignal,
): Promise<Conversion> {
  let now = begun;
  for (let pause = lookMsMin; ; pause = Math.min(lookMsMax, pause * 1.4)) {
    seen(now);
    if (now.state === 'done' || now.state === 'failed') return now;
    if (now.state === 'files') now = await supplied(now);
    await new Promise((resolve) => setTimeout(resolve, pause));
    signal.throwIfAborted();
    now = await call(getConversion, { id: now.id }, { signal });
  }
}

async function supplied(now: Conversion): Promise<Conversion> {
  const stored: Record<string, string> = {};
  for (const file of now.files) {
    // A picture that cannot be brought is left out; the report of the conversion says so.
    const done =
      now.direction === 'import'
        ? await storePicture(now, file).catch(() => null)
        : await bringFile(now, file).catch(() => null);
    if (done !== null && now.direction === 'import') stored[file] = done;
  }
  return call(supplyFiles, { id: now.id, stored });
}

async function bringFile(now: Conversion, fileId: string): Promise<string> {
  const bytes = await (await asked(contentPath(fileId), {})).blob();
  await asked(`${resultPath(now.id)}/${fileId}`, {
    method: 'PUT',
    headers: { 'content-type': bytesType },
    body: bytes,
  });
  return fileId;
}

async function storePicture(now: Conversion, key: string): Promise<string | null> {
  const number = key.replace('picture:', '');
  const bytes = await (await asked(`${resultPath(now.id)}?picture=${number}`, {})).blob();
  const name = `${now.name.replace(/\.[^.]+$/, '')} ${number}`;
  const words: Record<string, string> = { parentId: now.parentId ?? '', name, type: bytesType };
  const metadata = Object.entries(words).map(([word, value]) => `${word} ${base64(value)}`);
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-length': String(bytes.size),
    'upload-metadata': metadata.join(','),
    'content-type': 'application/offset+octet-stream',
  };
  return (await asked(uploadsPath, { method: 'POST', headers, body: bytes })).headers.get(fileIdHeader);
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
