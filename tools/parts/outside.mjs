import { openClamav, requireClamd } from './clamav.mjs';
import { openKeycloak, prepare } from './keycloak.mjs';
import { openMinio, requireMinio } from './minio.mjs';
import { openRedis, requireRedis } from './redis.mjs';
import { Stop } from './stop.mjs';

const s3Names = ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'S3_BUCKET'];

/** All of a group of settings, none, or a Stop that names what is missing. */
function given(names) {
  const present = names.filter((name) => process.env[name]);
  if (present.length === 0) return null;
  if (present.length === names.length)
    return Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const missing = names.filter((name) => !process.env[name]);
  throw new Stop(
    `${present.join(', ')} ${present.length > 1 ? 'are' : 'is'} set, so ${missing.join(', ')} must be too.`,
  );
}

/**
 * What the embedded profile uses in place of the real parts. `name` and `detail` are codes of the status page, which has
 * a sentence for each in every language; `words` are for the terminal.
 */
export function embeddedParts() {
  return {
    settings: { STORE: 'folder' },
    standIns: [
      {
        name: 'database',
        detail: 'postgres-embedded',
        words: 'PostgreSQL 18 brought by npm, on this machine only',
      },
      {
        name: 'identity',
        detail: 'oidc-provider',
        words: 'oidc-provider in place of Keycloak, with the same realm',
      },
      { name: 'store', detail: 'store-folder', words: 'a folder in place of S3' },
      { name: 'fan-out', detail: 'postgres-notify', words: 'PostgreSQL NOTIFY in place of Redis' },
      {
        name: 'antivirus',
        detail: 'clamav-off',
        words: 'off: files are not scanned (ClamAV in the full profile)',
      },
    ],
  };
}

/** Looks for every program the full profile needs before anything starts: a missing one is said at once. */
export async function requireFullParts({ root, progress }) {
  const outside = {
    keycloak: process.env.KEYCLOAK_URL ?? null,
    redis: process.env.REDIS_URL ?? null,
    s3: given(s3Names),
    clamav: given(['CLAMAV_HOST', 'CLAMAV_PORT']),
  };
  if (outside.keycloak && !process.env.PARVIS_OIDC_CLIENT_SECRET) {
    throw new Stop(
      'KEYCLOAK_URL is set, so PARVIS_OIDC_CLIENT_SECRET must be too: the secret of the client "parvis-portal" in its realm.',
    );
  }
  if (!outside.redis) requireRedis();
  if (!outside.clamav) requireClamd();
  const minio = outside.s3 ? null : await requireMinio(progress);
  const keycloak = outside.keycloak ? null : await prepare({ root, progress });
  return { outside, minio, keycloak };
}

/** Starts Redis, the object store and the scanner, or takes the ones given. */
export async function openFullParts({ root, house, progress, dataFolder, ports, secrets, publicUrl, found }) {
  const { outside } = found;
  const standIns = [];
  const settings = { STORE: 's3' };
  const [redisUrl, s3, clamav] = await Promise.all([
    outside.redis ??
      progress.part('redis', async () => ({
        url: await openRedis({ house, dataFolder, port: await ports.take(), password: secrets.redis }),
      })),
    outside.s3 ??
      progress.part('objects', async () =>
        openMinio({
          root,
          house,
          binary: found.minio,
          dataFolder,
          port: await ports.take(),
          accessKey: secrets.s3AccessKey,
          secretKey: secrets.s3SecretKey,
          kmsKey: secrets.s3KmsKey,
          publicUrl,
        }),
      ),
    outside.clamav
      ? { settings: outside.clamav, full: true }
      : progress.part('scanner', async () => openClamav({ house, dataFolder, port: await ports.take() })),
  ]);
  settings.REDIS_URL = redisUrl.url ?? redisUrl;
  Object.assign(settings, s3, clamav.settings);
  if (!outside.s3)
    standIns.push({
      name: 'store',
      detail: 'minio',
      words: 'one MinIO on this machine in place of an S3 service',
    });
  if (!clamav.full) {
    standIns.push({
      name: 'antivirus',
      detail: 'clamav-test-signatures',
      words: 'ClamAV with the test signature only: no signature database is installed',
    });
  }
  return { settings, standIns };
}

/** Starts Keycloak, or takes the one given. */
export async function openIdentity({ found, ports, ...rest }) {
  if (found.outside.keycloak) {
    const url = found.outside.keycloak.replace(/\/+$/, '');
    return { identityUrl: url, issuer: process.env.PARVIS_OIDC_ISSUER ?? `${url}/realms/parvis` };
  }
  const identityUrl = await openKeycloak({
    ...rest,
    prepared: found.keycloak,
    port: await ports.take(),
    managementPort: await ports.take(),
  });
  return { identityUrl };
}
