import type { Locale } from '@parvis/contract/shape';

/** The person on whose behalf a request or a socket acts. `id` is their subject id in `access`. */
export interface Caller {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly email: string;
  readonly kind: 'member' | 'guest';
  readonly organisation: string | null;
  readonly administrator: boolean;
  readonly locale: Locale;
  /** Hexadecimal hash that names the session row; null for a bearer token. */
  readonly session: string | null;
  readonly expiresAt: Date;
}
