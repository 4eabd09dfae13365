import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from './stop.mjs';

/** Every secret of a house: made once, on the first start, and kept beside the data that it protects. */
const makers = {
  databaseAdmin: () => randomBytes(24).toString('base64url'),
  databaseRoles: () => randomBytes(24).toString('base64url'),
  databaseKeycloak: () => randomBytes(24).toString('base64url'),
  oidcClient: () => randomBytes(32).toString('base64url'),
  oidcAdminClient: () => randomBytes(32).toString('base64url'),
  /** Seals tokens at rest and sign-ins under way. */
  session: () => randomBytes(36).toString('base64url'),
  keycloakAdmin: () => randomBytes(18).toString('base64url'),
  livekitKey: () => `parvis${randomBytes(6).toString('hex')}`,
  livekitSecret: () => randomBytes(36).toString('base64url'),
  redis: () => randomBytes(24).toString('base64url'),
  s3AccessKey: () => `parvis${randomBytes(7).toString('hex')}`,
  s3SecretKey: () => randomBytes(24).toString('base64url'),
  /** Encrypts the object store: losing it loses the files. MinIO wants plain base64 of 32 bytes. */
  s3KmsKey: () => randomBytes(32).toString('base64'),
};

/** Reads `<folder>/secrets.json`, adding what is missing. Only the owner may read the file. */
export function readSecrets(folder) {
  const file = join(folder, 'secrets.json');
  let known = {};
  try {
    known = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw new Stop(
        `${file} cannot be read (${error.message}). Restore it from a backup; without it the data stays locked.`,
      );
    }
  }
  const missing = Object.entries(makers).filter(([name]) => typeof known[name] !== 'string');
  if (missing.length === 0) return known;
  const secrets = { ...known, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) };
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
  return secrets;
}
