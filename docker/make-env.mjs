#!/usr/bin/env node
/**
 * Writes docker/.env: the address of the house and every secret, made here once. Run again, it adds what a new release
 * needs and changes nothing that is there.
 *
 *   node docker/make-env.mjs --url=https://parvis.example.gouv [--demo] [--out=FILE]
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const given = (name) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
const out = given('out') ?? fileURLToPath(new URL('.env', import.meta.url));
const secret = (bytes = 32) => randomBytes(bytes).toString('base64url');
const known = existsSync(out)
  ? Object.fromEntries(
      readFileSync(out, 'utf8')
        .split('\n')
        .flatMap((line) => (/^[A-Z0-9_]+=/.test(line) ? [line.split(/=(.*)/s, 2)] : [])),
    )
  : {};
const asked = given('url') ?? known.PARVIS_PUBLIC_URL;
if (!asked || !/^https?:\/\/[^/]+$/.test(asked)) {
  console.error(
    'Say the address that people will type: node docker/make-env.mjs --url=https://parvis.example.gouv',
  );
  process.exit(2);
}
const { hostname, protocol } = new URL(asked);
if (protocol === 'http:' && !/(^|\.)localhost$/.test(hostname))
  console.error('Over http, browsers give no camera and no microphone except on localhost: use https.');

const wanted = {
  PARVIS_PUBLIC_URL: asked,
  PARVIS_HOST: hostname,
  /** The address at which browsers reach the media server: this machine's, as seen from outside. */
  PARVIS_MEDIA_ADDRESS: known.PARVIS_MEDIA_ADDRESS ?? '127.0.0.1',
  PARVIS_DEMO: process.argv.includes('--demo') ? 'on' : (known.PARVIS_DEMO ?? 'off'),
  /** `demo` fills the invented ministry's spaces, once. */
  PARVIS_SEED: process.argv.includes('--demo') ? 'demo' : (known.PARVIS_SEED ?? ''),
  POSTGRES_PASSWORD: secret(),
  PARVIS_ROLE_PASSWORD: secret(),
  KEYCLOAK_DATABASE_PASSWORD: secret(),
  KEYCLOAK_ADMIN_PASSWORD: secret(18),
  PARVIS_OIDC_CLIENT_SECRET: secret(),
  DIRECTORY_ADMIN_CLIENT_SECRET: secret(),
  DIRECTORY_SESSION_KEY: secret(36),
  REDIS_PASSWORD: secret(24),
  S3_ACCESS_KEY: `parvis${randomBytes(7).toString('hex')}`,
  S3_SECRET_KEY: secret(24),
  /** Encrypts the files at rest: without it they are lost. Keep a copy elsewhere. */
  S3_KMS_KEY: randomBytes(32).toString('base64'),
  LIVEKIT_API_SECRET: secret(36),
};
const settled = {
  ...wanted,
  ...known,
  PARVIS_PUBLIC_URL: asked,
  PARVIS_HOST: hostname,
  PARVIS_DEMO: wanted.PARVIS_DEMO,
  PARVIS_SEED: wanted.PARVIS_SEED,
};
const fresh = `${out}.${process.pid}`;
const lines = Object.entries(settled).map(([name, value]) => `${name}=${value}`);
writeFileSync(fresh, `${lines.join('\n')}\n`, { mode: 0o600, flush: true });
renameSync(fresh, out);
console.log(
  `${out}: ${Object.keys(known).length === 0 ? 'made' : 'kept, completed'}. Keep a copy: it opens the data.`,
);
