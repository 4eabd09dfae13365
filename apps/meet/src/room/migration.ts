/** Who comes in how, what people may do in a meeting, who waits at its door, and its breakout rooms. */
export const rooms = `
-- Ten letters, about 47 bits. Of a random uuid the bytes 6 and 8 are not all random.
create function meet.new_code() returns text language plpgsql volatile as $$
declare
  bytes bytea := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
  letters text := '';
begin
  for at in 0..10 loop
    continue when at = 6 or at = 8;
    letters := letters || chr(97 + get_byte(bytes, at) % 26);
  end loop;
  letters := letters || chr(97 + get_byte(bytes, 11) % 26);
  return substr(letters, 1, 3) || '-' || substr(letters, 4, 4) || '-' || substr(letters, 8);
end $$;

alter table meet.meeting
  add column code text not null default meet.new_code() unique,
  add column access text not null default 'members' check (access in ('open', 'members', 'invited')),
  add column locked boolean not null default false,
  add column encrypted boolean not null default false,
  add column channel_id uuid,
  add column notes_id uuid,
  add column recording jsonb not null default '{"state":"off","by":null,"since":null}',
  add column captions jsonb not null default '{"state":"off","languages":[]}',
  -- Breakout rooms are open from here to there, or for as long as nobody closes them.
  add column breakouts_at timestamptz(3),
  add column breakouts_until timestamptz(3),
  add column called_back_at timestamptz(3);

-- One row per stay: whoever was cut off and comes back as the same participant of LiveKit is there a second time.
alter table meet.stay
  add column sid text not null default '',
  add column guest_id uuid,
  alter column person_id drop not null,
  drop constraint stay_pkey,
  add primary key (meeting_id, identity, sid),
  add check (person_id is not null or guest_id is not null);

-- What was set for somebody in a meeting; whoever has no row has what their right to the meeting gives.
create table meet.seat (
  meeting_id bigint not null references meet.meeting on delete cascade,
  -- A person's uid, or the id of the knock of a guest without an account.
  who uuid not null,
  role text check (role in ('organiser', 'participant', 'listener')),
  camera boolean not null default true,
  microphone boolean not null default true,
  screen boolean not null default true,
  hand_at timestamptz(3),
  out_at timestamptz(3),
  breakout int,
  primary key (meeting_id, who)
);

create table meet.breakout (
  meeting_id bigint not null references meet.meeting on delete cascade,
  nr int not null,
  name text not null,
  primary key (meeting_id, nr)
);

-- Whoever knocked. A guest without an account is known by nothing but the hash of the pass they were given.
create table meet.knock (
  id uuid primary key default gen_random_uuid(),
  meeting_id bigint not null references meet.meeting on delete cascade,
  person_id int,
  name text not null,
  pass_hash bytea unique,
  state text not null check (state in ('waiting', 'admitted', 'refused', 'removed')),
  at timestamptz(3) not null default now(),
  -- Whoever has closed the page does not wait any more.
  seen_at timestamptz(3) not null default now(),
  answered_by int,
  expires_at timestamptz(3) not null,
  unique (meeting_id, person_id),
  check (person_id is not null or pass_hash is not null)
);
create index knock_waiting on meet.knock (meeting_id, at) where state = 'waiting';

-- Wrong guesses at codes.
create table meet.guess (
  who text not null,
  at timestamptz(3) not null default now()
);
create index guess_who on meet.guess (who, at);
create index guess_at on meet.guess (at);
`;

/** The board beside the video: a document of the house. */
export const boards = `
alter table meet.meeting add column board_id uuid;
`;

/** Who may not write in the chat of a meeting, and who said so. */
export const chatSeats = `
alter table meet.seat
  add column chat boolean not null default true,
  add column chat_by int;
`;
