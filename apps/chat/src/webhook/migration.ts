/**
 * Integrations of channels. A delivery names the entry of the log that it tells of; its text is read when it is sent,
 * so that what was deleted meanwhile is not told, and no second copy of what people write is kept.
 */
export const webhooks = `
create table chat.hook_in (
  id int generated always as identity primary key,
  uid uuid not null unique default uuidv7(),
  channel_id bigint not null references chat.channel on delete cascade,
  name text not null check (char_length(name) between 1 and 200),
  hash bytea not null,
  by_id int not null,
  created_at timestamptz(3) not null default now(),
  used_at timestamptz(3),
  count bigint not null default 0,
  -- Messages in the running minute, for the limit.
  minute timestamptz,
  in_minute int not null default 0
);
create index hook_in_channel on chat.hook_in (channel_id);

create table chat.hook_out (
  id int generated always as identity primary key,
  uid uuid not null unique default uuidv7(),
  -- The channel on whose page it stands; told of is this one, or every channel of the space.
  channel_id bigint not null references chat.channel on delete cascade,
  space_id bigint references access.resource on delete cascade,
  name text not null check (char_length(name) between 1 and 200),
  address text not null,
  events text[] not null,
  secret text not null,
  old_secret text,
  old_secret_until timestamptz(3),
  by_id int not null,
  created_at timestamptz(3) not null default now(),
  state text not null default 'on' check (state in ('on', 'off', 'disabled')),
  failing_since timestamptz(3),
  -- One sender at a time: whoever holds it says until when.
  busy_by uuid,
  busy_until timestamptz(3)
);
create index hook_out_channel on chat.hook_out (channel_id);
create index hook_out_space on chat.hook_out (space_id) where space_id is not null;

create table chat.hook_delivery (
  id bigint generated always as identity primary key,
  uid uuid not null unique default uuidv7(),
  hook_id int not null references chat.hook_out on delete cascade,
  channel_id bigint not null,
  seq bigint,
  event text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts int not null default 0,
  next_at timestamptz(3) not null default now(),
  status int,
  problem text,
  took_ms int,
  at timestamptz(3) not null default now(),
  done_at timestamptz(3),
  unique (hook_id, channel_id, seq)
);
create index hook_delivery_waiting on chat.hook_delivery (hook_id, channel_id, id) where state = 'waiting';
create index hook_delivery_newest on chat.hook_delivery (hook_id, id desc);
create index hook_delivery_age on chat.hook_delivery (at);

create table chat.command (
  id int generated always as identity primary key,
  uid uuid not null unique default uuidv7(),
  channel_id bigint not null references chat.channel on delete cascade,
  word text not null,
  hint text not null default '',
  address text not null,
  secret text not null,
  by_id int not null,
  created_at timestamptz(3) not null default now(),
  unique (channel_id, word)
);
`;
