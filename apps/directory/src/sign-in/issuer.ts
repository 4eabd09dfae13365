import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '@parvis/server/service';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import type { DirectorySettings } from '../settings.ts';

/** Seconds one request to the identity provider may take. */
const answerSecondsMax = 8;

/** What went wrong at the identity provider: it did not answer, or it (or we) refused. */
export class IdentityProblem extends Error {
  readonly code: 'identity-unavailable' | 'login-refused';
  constructor(code: IdentityProblem['code'], cause: unknown) {
    super(code, { cause });
    this.name = 'IdentityProblem';
    this.code = code;
  }
}

function status(error: unknown): number {
  if (error instanceof oidc.ResponseBodyError) return error.status;
  const cause = (error as { cause?: unknown }).cause;
  return cause instanceof Response ? cause.status : 0;
}

/** Whether trying again later may help: no connection, a time-out, or a server's own fault. */
function isPassing(error: unknown): boolean {
  if (status(error) >= 500 || status(error) === 429) return true;
  const code = (error as { code?: unknown }).code;
  return error instanceof TypeError || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT';
}

/** The identity provider as OpenID Connect sees it. Found at first need, since it may start after this service. */
@Injectable()
export class Issuer {
  readonly #settings: DirectorySettings;
  #found: Promise<oidc.Configuration> | undefined;
  #keys: JWTVerifyGetKey | undefined;

  constructor(@Inject(SETTINGS) settings: DirectorySettings) {
    this.#settings = settings;
  }

  get url(): string {
    return this.#settings.oidcIssuer;
  }

  get clientId(): string {
    return this.#settings.clientId;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { oidcIssuer, clientId, clientSecret } = this.#settings;
    const http = oidcIssuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    const found = await oidc.discovery(
      new URL(oidcIssuer),
      clientId,
      {},
      oidc.ClientSecretBasic(clientSecret),
      { execute: [...http, oidc.enableNonRepudiationChecks], timeout: answerSecondsMax },
    );
    return found;
  }

  /** The provider's metadata with our client. @throws IdentityProblem 'identity-unavailable' */
  async configuration(): Promise<oidc.Configuration> {
    this.#found ??= this.#discover();
    try {
      return await this.#found;
    } catch (error) {
      this.#found = undefined;
      throw new IdentityProblem('identity-unavailable', error);
    }
  }

  /** The provider's published keys, fetched again when an unknown one signs. @throws IdentityProblem */
  async keys(): Promise<JWTVerifyGetKey> {
    const { jwks_uri } = (await this.configuration()).serverMetadata();
    if (jwks_uri === undefined) throw new IdentityProblem('login-refused', 'no jwks_uri');
    this.#keys ??= createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: answerSecondsMax * 1000 });
    return this.#keys;
  }

  /** Runs a request to the provider. @throws IdentityProblem for whatever goes wrong in it */
  async ask<T>(request: (configuration: oidc.Configuration) => Promise<T>): Promise<T> {
    const configuration = await this.configuration();
    try {
      return await request(configuration);
    } catch (error) {
      throw new IdentityProblem(isPassing(error) ? 'identity-unavailable' : 'login-refused', error);
    }
  }
}
