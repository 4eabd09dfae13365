import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '@parvis/contract/shape';
import { Refused } from '@parvis/server/refused';
import { SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import type { DirectorySettings } from '../settings.ts';
import { Issuer } from '../sign-in/issuer.ts';

/** Milliseconds one request to the identity provider's admin API may take. */
const answerMsMax = 8_000;
/** Seconds before its end at which an admin token is replaced. */
const spareSeconds = 10;
/** Letters and digits that people do not take one for another, and how many of them a first password has. */
const passwordAlphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const passwordLength = 20;

const Token = z.object({ access_token: z.string(), expires_in: z.number().default(60) });

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
}

function firstPassword(): string {
  const letters = Array.from({ length: passwordLength }, () => {
    return passwordAlphabet[randomInt(passwordAlphabet.length)];
  });
  return letters.join('').replace(/(.{5})(?=.)/g, '$1-');
}

/** Guests' accounts at the identity provider, through Keycloak's admin API. We keep no credentials. */
@Injectable()
export class Accounts {
  readonly #settings: DirectorySettings;
  readonly #issuer: Issuer;
  readonly #adminUrl: string;
  #token: { text: string; until: number } | undefined;

  constructor(@Inject(SETTINGS) settings: DirectorySettings, issuer: Issuer) {
    this.#settings = settings;
    this.#issuer = issuer;
    this.#adminUrl = settings.oidcIssuer.replace(/\/realms\/([^/]+)\/?$/, '/admin/realms/$1');
  }

  async #authorization(): Promise<string> {
    if (this.#token === undefined || this.#token.until < Date.now()) {
      const { adminClientId, adminClientSecret } = this.#settings;
      const basic = Buffer.from(
        `${encodeURIComponent(adminClientId)}:${encodeURIComponent(adminClientSecret)}`,
      ).toString('base64');
      const response = await this.#send(await this.#tokenUrl(), {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      if (!response.ok) throw Refused.unavailable('identity-unavailable');
      const token = Token.parse(await response.json());
      this.#token = {
        text: token.access_token,
        until: Date.now() + Math.max(1, token.expires_in - spareSeconds) * 1000,
      };
    }
    return `Bearer ${this.#token.text}`;
  }

  async #tokenUrl(): Promise<string> {
    const found = await this.#issuer.configuration().catch(() => null);
    const url = found?.serverMetadata().token_endpoint;
    if (url === undefined) throw Refused.unavailable('identity-unavailable');
    return url;
  }

  #send(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, { redirect: 'error', signal: AbortSignal.timeout(answerMsMax), ...init }).catch(() => {
      throw Refused.unavailable('identity-unavailable');
    });
  }

  /** @throws Refused `identity-unavailable` when there is no answer, or one that means nothing to us */
  async #ask(method: string, path: string, body: unknown, understood: readonly number[]): Promise<Response> {
    const headers: Record<string, string> = { authorization: await this.#authorization() };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = JSON.stringify(body);
    const response = await this.#send(`${this.#adminUrl}${path}`, init);
    if (response.ok || understood.includes(response.status)) return response;
    if (response.status === 401) this.#token = undefined;
    throw Refused.unavailable('identity-unavailable');
  }

  /**
   * Opens a guest's account with a first password that must be changed. An address that already has an account is
   * never touched: it may be a colleague's who has not come here yet.
   * @throws Refused `already-there`, `bad-input` (a name that the provider does not take), `identity-unavailable`
   */
  async open({ email, name, locale }: NewAccount): Promise<{ sub: string; firstPassword: string }> {
    const [first, ...rest] = name.split(' ');
    const response = await this.#ask(
      'POST',
      '/users',
      {
        username: email.toLowerCase(),
        email,
        emailVerified: false,
        firstName: first,
        lastName: rest.join(' '),
        enabled: true,
        attributes: { locale: [locale] },
        groups: ['/guests'],
      },
      [400, 409],
    );
    // The provider's own rules for names and addresses.
    if (response.status === 400) throw Refused.badInput([{ path: 'name', code: 'invalid' }]);
    if (response.status === 409) throw Refused.conflict('already-there');
    const sub = response.headers.get('location')?.split('/').pop();
    if (!sub) throw Refused.unavailable('identity-unavailable');
    try {
      return { sub, firstPassword: await this.#resetPassword(sub) };
    } catch (error) {
      await this.remove(sub);
      throw error;
    }
  }

  async #resetPassword(sub: string): Promise<string> {
    const value = firstPassword();
    const credential = { type: 'password', value, temporary: true };
    await this.#ask('PUT', `/users/${encodeURIComponent(sub)}/reset-password`, credential, []);
    return value;
  }

  /** Changes one thing of an account; Keycloak takes whole representations. False when there is no such account. */
  async #setEnabled(sub: string, enabled: boolean): Promise<boolean> {
    const path = `/users/${encodeURIComponent(sub)}`;
    const found = await this.#ask('GET', path, undefined, [404]);
    if (found.status === 404) return false;
    const account = z.looseObject({}).parse(await found.json());
    await this.#ask('PUT', path, { ...account, enabled }, []);
    return true;
  }

  /** Opens an account again, with a new first password. @throws Refused */
  async reopen(sub: string): Promise<string> {
    if (!(await this.#setEnabled(sub, true))) throw Refused.unavailable('identity-unavailable');
    return this.#resetPassword(sub);
  }

  /** Closes an account and its sessions at the provider. One that is not there is closed. @throws Refused */
  async close(sub: string): Promise<void> {
    if (!(await this.#setEnabled(sub, false))) return;
    await this.#ask('POST', `/users/${encodeURIComponent(sub)}/logout`, undefined, [404]);
  }

  /** Takes back an account that was opened in vain. What fails is left to the provider's administrators. */
  async remove(sub: string): Promise<void> {
    await this.#ask('DELETE', `/users/${encodeURIComponent(sub)}`, undefined, [404]).catch(() => undefined);
  }
}
