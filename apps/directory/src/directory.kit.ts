import type { Environment } from '@parvis/server/settings';
import { aHouse, type House } from '@parvis/testing/house';
import { directory } from './service.ts';
import { OwnIssuer } from './sign-in/issuer.kit.ts';

/** A directory with an identity provider of its own, for tests. Stop both in `afterAll`. */
export interface DirectoryHouse {
  readonly house: House;
  readonly issuer: OwnIssuer;
  stop(): Promise<void>;
}

export async function aDirectory(extra: Environment = {}): Promise<DirectoryHouse> {
  const issuer = await new OwnIssuer().start();
  const house = await aHouse([directory], {
    PARVIS_OIDC_ISSUER: issuer.url,
    PARVIS_OIDC_CLIENT_SECRET: 'portal-secret',
    DIRECTORY_ADMIN_CLIENT_SECRET: 'admin-secret',
    DIRECTORY_SESSION_KEY: 'k'.repeat(40),
    ...extra,
  });
  return {
    house,
    issuer,
    stop: async () => {
      await house.stop();
      await issuer.stop();
    },
  };
}
