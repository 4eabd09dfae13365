/**
 * Conversions and their bytes. Bytes lie in pieces, so that nothing has to be held whole on the way in or out, and in
 * the database, so that any process can go on where one was killed.
 */
export const conversionSql = `
create table docs.conversion (
  id uuid primary key,
  person_id int not null,
  direction text not null check (direction in ('import', 'export')),
  format text not null,
  name text not null,
  options jsonb not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'running', 'files', 'done', 'failed')),
  progress real not null default 0,
  code text,
  lost jsonb not null default '{}',
  files jsonb not null default '[]',
  parent_uid uuid,
  document_uid uuid,
  size_bytes bigint,
  created_at timestamptz(3) not null default clock_timestamp(),
  expires_at timestamptz(3) not null
);
create index conversion_person on docs.conversion (person_id, created_at);
create index conversion_expiry on docs.conversion (expires_at);

create table docs.conversion_piece (
  conversion_id uuid not null references docs.conversion on delete cascade,
  part text not null,
  n int not null,
  bytes bytea not null,
  primary key (conversion_id, part, n)
);
alter table docs.conversion_piece alter column bytes set storage external;
`;
