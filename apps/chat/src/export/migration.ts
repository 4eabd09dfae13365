/** Exports for legal discovery: who asked for what and why, and the file in pieces until it is dropped. */
export const exporting = `
create table chat.export (
  id uuid primary key default gen_random_uuid(),
  channel_ids bigint[] not null,
  channel_uids uuid[] not null,
  titles text[] not null,
  -- Then only what this person wrote, and what they answered.
  person_id int,
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  progress real not null default 0,
  bytes bigint,
  asked_by int not null,
  asked_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create table chat.export_piece (
  export_id uuid not null references chat.export on delete cascade,
  part text not null,
  n int not null,
  bytes bytea not null,
  primary key (export_id, part, n)
);
alter table chat.export_piece alter bytes set storage external;
`;
