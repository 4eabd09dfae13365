import { Locale } from '@parvis/contract/shape';
import { cookieOf } from '@parvis/server/cookies';
import { z } from 'zod';
import { dropCookie, setCookie } from './cookie.ts';
import { Seal } from './seal.ts';

/** Seconds a person may take at the identity provider, second factor and forgotten password included. */
export const loginSecondsMax = 15 * 60;
/** Sign-ins under way in one browser (tabs); older ones are dropped so that the Cookie header stays small. */
const loginsMax = 4;
const stateTagLength = 12;

const Login = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  locale: Locale.nullable(),
  until: z.number(),
});
/** A sign-in under way: what the callback must match, where it leads, and until when (ms since 1970). */
export type Login = z.infer<typeof Login>;

/**
 * Keeps a sign-in under way in the browser that began it, sealed: nothing is stored for who never comes back, and a
 * callback that arrives in another browser finds nothing. One cookie per sign-in, so that tabs do not disturb another.
 */
export class LoginCookies {
  readonly #seal: Seal;
  readonly #publicUrl: string;
  readonly #prefix: string;

  constructor(secret: string, publicUrl: string) {
    this.#seal = new Seal(secret, 'login');
    this.#publicUrl = publicUrl;
    this.#prefix = publicUrl.startsWith('https:') ? '__Host-parvis-login-' : 'parvis-login-';
  }

  #name(state: string): string {
    return `${this.#prefix}${state.slice(0, stateTagLength)}`;
  }

  /** Set-Cookie values that keep the sign-in, and drop the oldest beyond what one browser may have under way. */
  keep(login: Login, cookieHeader: string | undefined): string[] {
    const kept = setCookie(this.#name(login.state), this.#seal.close(JSON.stringify(login)), {
      publicUrl: this.#publicUrl,
      maxAgeSeconds: loginSecondsMax,
    });
    const before = this.#namesIn(cookieHeader);
    const dropped = before.slice(0, Math.max(0, before.length - loginsMax + 1));
    return [kept, ...dropped.map((name) => dropCookie(name, this.#publicUrl))];
  }

  #namesIn(cookieHeader: string | undefined): string[] {
    const names = (cookieHeader ?? '').split(';').map((part) => part.split('=')[0]?.trim() ?? '');
    return names.filter((name) => name.startsWith(this.#prefix) && /^[\w-]+$/.test(name));
  }

  /** The sign-in that this browser began with this state; null when there is none or it took too long. */
  find(state: string | undefined, cookieHeader: string | undefined): Login | null {
    if (state === undefined || !/^[\w-]{20,200}$/.test(state)) return null;
    const sealed = cookieOf(cookieHeader, this.#name(state));
    const text = sealed === null ? null : this.#seal.open(sealed);
    if (text === null) return null;
    const login = Login.safeParse(JSON.parse(text));
    if (!login.success || login.data.state !== state || login.data.until < Date.now()) return null;
    return login.data;
  }

  /** A Set-Cookie value that forgets the sign-in. */
  drop(state: string): string {
    return dropCookie(this.#name(state), this.#publicUrl);
  }
}
