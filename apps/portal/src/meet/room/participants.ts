import type { Participant } from 'livekit-client';

export type Kind = 'member' | 'guest' | 'anonymous' | 'bot';
export type Role = 'organiser' | 'participant' | 'listener';

/** What the server says of a participant; nobody can say it of themselves. */
export function kindOf({ attributes }: Participant): Kind {
  const { kind } = attributes;
  return kind === 'guest' || kind === 'anonymous' || kind === 'bot' ? kind : 'member';
}

export function roleOf({ attributes }: Participant): Role {
  const { role } = attributes;
  return role === 'organiser' || role === 'listener' ? role : 'participant';
}

/** The person's id, which gives their colour; without an account, the id of this stay. */
export const personIdOf = ({ attributes, identity }: Participant): string =>
  attributes.id || attributes.person || identity;

/** Who took their words in the chat of the meeting; null while they may write. */
export const silencerOf = ({ attributes }: Participant): string | null => attributes.chat || null;
