import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inProduction } from '../../../ask.ts';

/** The built server runs in the folder that holds them. */
const folder = '.next/static';

/** The files of this build, for the service worker: with all of them every part of a kept page comes to life. */
export async function GET(): Promise<Response> {
  if (!inProduction) return Response.json([]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(?:js|css|woff2)$/.test(entry.name))
    .map((entry) => `/_next/static${join(entry.parentPath, entry.name).slice(folder.length)}`);
  return Response.json(paths.toSorted());
}
