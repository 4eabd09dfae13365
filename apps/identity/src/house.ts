import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { People } from './people.ts';
import type { Realm } from './realm.ts';
import type { Records } from './records.ts';
import type { Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';
import type { OwnTokens } from './tokens.ts';

/** What the pages and endpoints of one running stand-in share. */
export interface House {
  readonly realm: Realm;
  /** `/realms/<realm>`, with the path of the public URL before it. */
  readonly base: string;
  readonly issuer: string;
  /** Where "back to Parvis" leads. */
  readonly home: string;
  readonly demo: boolean;
  readonly cookieKey: string;
  readonly provider: Provider;
  /** oidc-provider's own request handler. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly people: People;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly tokens: OwnTokens;
  /** People who gave the right password and still owe a new one. */
  readonly pending: Records;
}

export const pendingKind = 'PendingSignIn';
