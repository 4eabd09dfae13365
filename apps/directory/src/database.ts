import { accessRequests } from './access-request/migration.ts';
import type { ServiceDatabase } from '@parvis/server/service';
import { botMigration } from './bot/migration.ts';

const signIn = `
-- What may be used once only: the state of a sign-in, the id of a logout token. Kept until it could not be valid anyway.
create table directory.spent (
  purpose text not null check (purpose in ('login', 'logout-token')),
  key bytea not null,
  until timestamptz(3) not null,
  primary key (purpose, key)
);
create index spent_until on directory.spent (until);

-- When a session's tokens are next renewed at the identity provider.
create table directory.renewal (
  session_uid uuid primary key references access.session (uid) on delete cascade,
  renewed_at timestamptz(3) not null default now(),
  due_at timestamptz(3) not null
);
create index renewal_due on directory.renewal (due_at);

create table directory.preference (
  person_id int primary key references access.person on delete cascade,
  theme text not null check (theme in ('system', 'light', 'dark', 'contrast'))
);
`;

const guests = `
-- Guests' accounts at the identity provider that are closed or still to be: the house's own door is shut already.
create table directory.account_closing (
  oidc_sub text primary key,
  since timestamptz(3) not null default now(),
  due_at timestamptz(3) not null default now(),
  closed_at timestamptz(3)
);
create index account_closing_due on directory.account_closing (due_at) where closed_at is null;
`;

export const database: ServiceDatabase = {
  name: 'directory',
  signsIn: true,
  jobs: true,
  migrations: [
    { name: '0001-sign-in', sql: signIn },
    { name: '0002-guests', sql: guests },
    { name: '0003-access-requests', sql: accessRequests },
    { name: '0004-bots', sql: botMigration },
  ],
};
