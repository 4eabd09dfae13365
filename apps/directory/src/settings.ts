import type { ServiceSettings } from '@parvis/server/service';
import { port, setting, text } from '@parvis/server/settings';
import { z } from 'zod';

/** Characters of the key under which tokens at rest and sign-ins under way are sealed. */
const keyLengthMin = 32;

/** Settings of the directory, besides those of the house. */
export const settings = {
  clientId: setting('DIRECTORY_OIDC_CLIENT_ID', z.string().min(1).default('parvis-portal')),
  clientSecret: setting('PARVIS_OIDC_CLIENT_SECRET', text),
  adminClientId: setting('DIRECTORY_ADMIN_CLIENT_ID', z.string().min(1).default('parvis-directory')),
  /** Secret of the client that creates guests' accounts at the identity provider. */
  adminClientSecret: setting('DIRECTORY_ADMIN_CLIENT_SECRET', text),
  /** Changing it ends every sign-in under way and every silent renewal. */
  sessionKey: setting(
    'DIRECTORY_SESSION_KEY',
    z.string().min(keyLengthMin, `needs at least ${keyLengthMin} characters`),
  ),
  /** Hours after which a person signs in again, whatever they did meanwhile. */
  sessionHours: setting('DIRECTORY_SESSION_HOURS', z.coerce.number().min(0.01).max(720).default(12)),
  /** Who may make bots; administrators always may. */
  bots: setting('DIRECTORY_BOTS', z.enum(['members', 'administrators']).default('members')),
  /** `demo` fills empty tables with the invented ministry. */
  seed: setting('DIRECTORY_SEED', z.enum(['demo']).optional()),
  /** Where the parts of the house answer, for the status page; absent parts are off or a stand-in. */
  store: setting('STORE', z.enum(['folder', 's3']).default('folder')),
  storeUrl: setting('S3_ENDPOINT', z.url().optional()),
  meetingsUrl: setting('LIVEKIT_URL', z.url().optional()),
  antivirusHost: setting('CLAMAV_HOST', text.optional()),
  antivirusPort: setting('CLAMAV_PORT', port.default(3310)),
};
export type DirectorySettings = ServiceSettings<typeof settings>;
