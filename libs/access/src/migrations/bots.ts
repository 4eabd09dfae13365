/**
 * A bot is a person of its own kind: it is given access by name like anybody, it writes under its own name, and it
 * never counts among the members. It has no account at the identity provider; tokens let it in, and only their hashes
 * are kept. What a token is for (`scopes`) narrows what its bot may do, and never widens it.
 */
export const bots = `
alter table access.person
  drop constraint person_kind_check,
  drop constraint person_guest_has_end,
  add constraint person_kind_check check (kind in ('member', 'guest', 'bot')),
  add constraint person_guest_has_end check (kind <> 'guest' or ends_at is not null);

create table access.bot_token (
  uid uuid primary key default uuidv7(),
  bot_id int not null references access.person on delete cascade,
  name text not null check (char_length(name) between 1 and 500),
  hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  used_at timestamptz(3)
);
create index bot_token_bot on access.bot_token (bot_id);
create index bot_token_expiry on access.bot_token (expires_at) where expires_at is not null;
`;
