import { randomUUID } from 'node:crypto';
import { call } from '@parvis/contract/call';
import { getMe } from '@parvis/contract/directory';
import type { House } from '@parvis/testing/house';
import { expect } from 'vitest';

/** Of every house in the tests. */
export const publicUrl = 'http://127.0.0.1:8080';

/** A browser in front of a directory: keeps its cookies, follows nothing by itself. */
export class Browser {
  readonly jar = new Map<string, string>();
  readonly #house: House;

  constructor(house: House) {
    this.#house = house;
  }

  get cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get signedIn(): boolean {
    return this.jar.has('parvis');
  }

  /** Asks the directory for a path. */
  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.cookies, ...(init.headers as Record<string, string>) };
    const at = `${this.#house.urlOf('directory')}${path}`;
    const response = await fetch(at, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = (line.split(';')[0] as string).split(/=(.*)/s) as [string, string];
      if (line.includes('Max-Age=0')) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }

  /** Goes to the tests' own identity provider and comes back with the callback's path, without opening it. */
  async approved(path = '/auth/login?to=/home'): Promise<string> {
    const away = (await this.go(path)).headers.get('location') as string;
    const back = (await fetch(away, { redirect: 'manual' })).headers.get('location') as string;
    expect(back.startsWith(`${publicUrl}/auth/callback?`)).toBe(true);
    return back.slice(publicUrl.length);
  }

  async signIn(path?: string): Promise<string | null> {
    return (await this.go(await this.approved(path))).headers.get('location');
  }

  me() {
    return call(getMe, {}, { base: this.#house.urlOf('directory'), headers: { cookie: this.cookies } });
  }

  /** Waits until this cookie opens nothing. */
  async gone(cookies = this.cookies): Promise<void> {
    const at = `${this.#house.urlOf('directory')}/api/directory/me`;
    const status = () => fetch(at, { headers: { cookie: cookies } }).then((one) => one.status);
    await expect.poll(status, { interval: 20 }).toBe(401);
  }
}

/** Claims of a member whom nobody has seen before. */
export function aMember(more: object = {}) {
  const sub = randomUUID();
  return {
    sub,
    sid: randomUUID(),
    email: `${sub}@test.example`,
    email_verified: true,
    name: 'Inès Marchand',
    locale: 'ar',
    realm_access: { roles: ['member', 'offline_access'] },
    ...more,
  };
}
