import type { ServiceDatabase } from '@parvis/server/service';

/** Files and the uploads that become files. Their bytes lie in the store under `key`, which nobody outside learns. */
const files = `
-- No reference to access.resource: a row outlives its resource until the sweep has removed the bytes.
create table drive.file (
  resource_id bigint primary key,
  uid uuid not null unique,
  key uuid not null unique,
  size_bytes bigint not null check (size_bytes >= 0),
  media_type text not null,
  sha256 bytea not null check (length(sha256) = 32),
  verdict text not null check (verdict in ('waiting', 'clean', 'infected', 'off')),
  -- What the scanner said, when it said something other than "clean".
  finding text,
  scanned_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);
create index file_unscanned on drive.file (created_at) where scanned_at is null;

create table drive.upload (
  id uuid primary key,
  key uuid not null unique,
  person_id int not null,
  parent_uid uuid not null,
  name text not null,
  media_type text,
  size_bytes bigint not null check (size_bytes >= 0),
  -- Bytes that are durable in the store; progress is what the store needs to go on from there.
  offset_bytes bigint not null default 0 check (offset_bytes between 0 and size_bytes),
  progress jsonb not null,
  created_at timestamptz(3) not null default now(),
  -- Set in the transaction that makes the file.
  file_uid uuid
);
create index upload_created on drive.upload (created_at);
create index upload_open on drive.upload (person_id) where file_uid is null;

-- What the demo seed made, so that what people delete does not come back.
create table drive.seeded (name text primary key);
`;

export const database: ServiceDatabase = {
  name: 'drive',
  migrations: [{ name: '0001-files', sql: files }],
  jobs: true,
};
