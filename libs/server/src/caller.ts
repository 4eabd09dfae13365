import type { Scope } from '@parvis/contract/operation';
import type { Locale } from '@parvis/contract/shape';

/** The person on whose behalf a request or a socket acts. `id` is their subject id in `access`. */
export interface Caller {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly email: string;
  readonly kind: 'member' | 'guest' | 'bot';
  readonly organisation: string | null;
  readonly administrator: boolean;
  readonly locale: Locale;
  /** Hexadecimal hash that names the row of the session or of the bot's token; null for a token of a person. */
  readonly session: string | null;
  /** What a bot's token is for: other operations are refused. Null for people. */
  readonly scopes: readonly Scope[] | null;
  readonly expiresAt: Date;
}
