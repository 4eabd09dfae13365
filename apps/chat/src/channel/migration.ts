/**
 * What channels are besides their log, and what each person made of them in their own column. Who may read a channel
 * is not here: that is the tree's to say. A public channel is joined by a row, or without one where it is for everyone;
 * whoever may read a channel of any other kind is in it.
 */
export const channels = `
alter table chat.channel drop constraint channel_kind_check;
alter table chat.channel
  add constraint channel_kind_check check (kind in ('public', 'private', 'announcements', 'direct', 'group')),
  add column topic text not null default '',
  add column description text not null default '',
  add column archived_at timestamptz(3),
  -- Seconds between two messages of one person; managers are exempt.
  add column if not exists slow_seconds int not null default 0 check (slow_seconds >= 0),
  -- Null is the rule of the house.
  add column retention_days int check (retention_days > 0),
  add column for_everyone boolean not null default false,
  -- Of a conversation: whose it is, as sorted subject ids. The same people have one conversation for ever.
  add column people_key text unique;
-- What stood in everybody's column so far stays there.
update chat.channel set for_everyone = true where kind in ('public', 'announcements');

create table chat.membership (
  channel_id bigint not null references chat.channel on delete cascade,
  person_id int not null references access.person on delete cascade,
  -- False is who left a channel for everyone.
  joined boolean not null default true,
  starred boolean not null default false,
  muted boolean not null default false,
  -- Hidden while the log ends here; what comes after brings the channel back. Null is not hidden.
  hidden_at_seq bigint,
  since timestamptz(3) not null default now(),
  primary key (person_id, channel_id)
);
create index membership_channel on chat.membership (channel_id);
-- The conversations of a person, newest first, are found among the grants of the person; their rows by this.
create index channel_conversation on chat.channel (resource_id) where kind in ('direct', 'group');

-- Who wrote last in a channel with slow mode, and what: sending the same again is no second message.
create table chat.slow_send (
  channel_id bigint not null references chat.channel on delete cascade,
  person_id int not null,
  client_id uuid not null,
  at timestamptz(3) not null,
  primary key (channel_id, person_id)
);
`;
