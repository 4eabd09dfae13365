import type { IncomingMessage, ServerResponse } from 'node:http';
import type { House } from './house.ts';
import { answerJson } from './requests.ts';

/** `GET` and `POST …/userinfo`: the claims of the token's person, as long as their session lives. */
export function userinfo(house: House, request: IncomingMessage, response: ServerResponse): void {
  const claims = house.tokens.ofBearer(request.headers.authorization);
  const person = claims && house.people.byId(claims.sub);
  const session = claims?.session_state && house.sessions.byUid(claims.session_state);
  if (!person?.enabled || !session || session.accountId !== person.id) {
    response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
    answerJson(response, 401, { error: 'invalid_token', error_description: 'Token verification failed' });
    return;
  }
  answerJson(response, 200, house.people.claimsOf(person));
}
