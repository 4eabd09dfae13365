/** When meetings are held, who is invited, and what they answered. */
export const scheduleSql = `
create table meet.plan (
  meeting_id bigint primary key references meet.meeting on delete cascade,
  organiser_id int not null,
  description text not null default '' check (char_length(description) <= 4000),
  cancelled_at timestamptz(3),
  created_at timestamptz(3) not null default now()
);

-- A stretch of a series that follows one rule; changing the times "from here on" begins another.
-- Walls are text (2026-11-25T09:30) in the zone: what is agreed is the hour on the wall, the instant follows from it.
create table meet.stretch (
  id bigint generated always as identity primary key,
  meeting_id bigint not null references meet.plan on delete cascade,
  -- Its name in calendars, which never changes, and how often it was changed.
  calendar_uid uuid not null default gen_random_uuid(),
  sequence int not null default 0,
  starts text not null check (starts ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$'),
  minutes int not null check (minutes between 1 and 1440),
  zone text not null,
  repeat jsonb
);
create index stretch_of on meet.stretch (meeting_id);

create table meet.occurrence (
  uid uuid primary key default uuidv7(),
  stretch_id bigint not null references meet.stretch on delete cascade,
  meeting_id bigint not null references meet.plan on delete cascade,
  -- Where the rule puts it; starts_at is where it is.
  wall text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null check (ends_at > starts_at),
  moved boolean not null default false,
  cancelled_at timestamptz(3),
  reminded_at timestamptz(3),
  unique (stretch_id, wall)
);
create index occurrence_of on meet.occurrence (meeting_id, starts_at);
create index occurrence_at on meet.occurrence (starts_at);
create index occurrence_unsaid on meet.occurrence (starts_at) where reminded_at is null and cancelled_at is null;

-- A person, a group, or an address outside.
create table meet.invited (
  meeting_id bigint not null references meet.plan on delete cascade,
  subject_id int,
  address text check (char_length(address) <= 254),
  name text not null default '',
  -- Given for this invitation, and taken back with it.
  granted boolean not null default false,
  check ((subject_id is null) <> (address is null))
);
create unique index invited_subject on meet.invited (meeting_id, subject_id) where subject_id is not null;
create unique index invited_address on meet.invited (meeting_id, lower(address)) where address is not null;
create index invited_who on meet.invited (subject_id) where subject_id is not null;

-- Also of those who are invited through a group.
create table meet.answer (
  meeting_id bigint not null references meet.plan on delete cascade,
  person_id int not null,
  answer text not null check (answer in ('yes', 'maybe', 'no')),
  at timestamptz(3) not null default now(),
  primary key (meeting_id, person_id)
);

-- Secret addresses for calendars, as hashes.
create table meet.feed (
  person_id int primary key,
  secret bytea not null unique,
  since timestamptz(3) not null default now()
);
`;
