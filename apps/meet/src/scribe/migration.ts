/** What the scribe is asked for in a meeting, what it wrote and recorded, and who allowed it to. */
export const scribeSql = `
-- What is wanted in a meeting now, and which scribe holds it until when: a killed one loses it.
create table meet.listening (
  meeting_id bigint primary key references meet.meeting on delete cascade,
  captions boolean not null default false,
  transcript boolean not null default false,
  recording_id uuid,
  holder text,
  held_until timestamptz(3),
  -- All that was said before is written down; null until the scribe is in the room.
  heard_until timestamptz(3)
);
create index listening_wanted on meet.listening (meeting_id) where captions or recording_id is not null;

create table meet.consent (
  meeting_id bigint not null references meet.meeting on delete cascade,
  -- A person's uid, or the id of the knock of a guest without an account; so below.
  who uuid not null,
  agrees boolean not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (meeting_id, who)
);

create table meet.gap (
  meeting_id bigint not null references meet.meeting on delete cascade,
  from_at timestamptz(3) not null,
  to_at timestamptz(3) not null,
  primary key (meeting_id, from_at)
);

create table meet.recording (
  id uuid primary key,
  meeting_id bigint not null references meet.meeting on delete cascade,
  state text not null check (state in ('asked', 'on', 'saving', 'saved', 'failed')),
  code text,
  by_id int,
  -- The scribe that recorded it, in whose spool it lies until it is saved.
  holder text,
  started_at timestamptz(3) not null default clock_timestamp(),
  ended_at timestamptz(3),
  kept_until date not null
);
create index recording_of on meet.recording (meeting_id, started_at desc);
create unique index recording_running on meet.recording (meeting_id) where state in ('asked', 'on');
create index recording_saving on meet.recording (id) where state = 'saving';
create index recording_kept on meet.recording (kept_until);

create table meet.recorded_track (
  recording_id uuid not null references meet.recording on delete cascade,
  n int not null,
  -- Null for the mix of all voices.
  who uuid,
  name text not null,
  started_at timestamptz(3) not null,
  duration_ms int not null,
  size_bytes bigint not null,
  key uuid not null,
  primary key (recording_id, n)
);

-- Bytes whose rows are gone wait here until they are gone too.
create table meet.dropped_blob (key uuid primary key);
create function meet.drop_blob() returns trigger language plpgsql as $$
begin
  insert into meet.dropped_blob (key) values (old.key) on conflict do nothing;
  return old;
end $$;
create trigger drop_blob after delete on meet.recorded_track for each row execute function meet.drop_blob();

create table meet.transcript_line (
  id uuid primary key,
  meeting_id bigint not null references meet.meeting on delete cascade,
  who uuid not null,
  name text not null,
  started_at timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  text text not null,
  language text not null,
  confidence real,
  model text not null,
  corrected_by int,
  corrected_at timestamptz(3)
);
create index transcript_line_of on meet.transcript_line (meeting_id, started_at, id);

create table meet.line_version (
  line_id uuid not null references meet.transcript_line on delete cascade,
  nr int not null,
  text text not null,
  by_id int,
  at timestamptz(3) not null,
  primary key (line_id, nr)
);

create table meet.minutes (
  meeting_id bigint primary key references meet.meeting on delete cascade,
  state text not null check (state in ('making', 'ready', 'failed')),
  code text,
  kind text not null default 'outline' check (kind in ('model', 'outline')),
  model text,
  language text not null,
  made_at timestamptz(3),
  content jsonb,
  document_id uuid
);
`;
