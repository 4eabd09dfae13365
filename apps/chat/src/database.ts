import { votes } from './poll/migration.ts';
import { saved } from './saved/migration.ts';
import { scheduled } from './scheduled/migration.ts';
import { drafts } from './draft/migration.ts';
import type { ServiceDatabase } from '@parvis/server/service';
import { channels } from './channel/migration.ts';
import { edits } from './edit/migration.ts';
import { exporting } from './export/migration.ts';
import { moderation } from './moderation/migration.ts';
import { retention } from './retention/migration.ts';
import * as message from './message/migration.ts';
import { webhooks } from './webhook/migration.ts';
import { emojiMigration } from './emoji/migration.ts';
import { oneSilence } from './people/migration.ts';
import { previewPictures } from './preview/migration.ts';
import { wordsInARow } from './search/in-a-row.ts';
import { searchSql } from './search/migration.ts';

/**
 * The message table is the log of its channel: one primary-key range scan serves pages, resumes and gaps alike.
 * It has no foreign key to its channel: rows come only through chat.store, which holds the channel's row, and a check
 * per row would cost as much as the insert.
 */
const log = `
create table chat.channel (
  resource_id bigint primary key references access.resource on delete cascade,
  uid uuid not null unique,
  kind text not null check (kind in ('public', 'private', 'announcements')),
  last_seq bigint not null default 0,
  -- Up to here the rest of the house was told of, by an event in the outbox.
  told_seq bigint not null default 0
) with (fillfactor = 50);

-- A space's first channel is made once, even when it was moved to the trash since.
create table chat.first_channel (
  space_id bigint primary key references access.resource on delete cascade,
  channel_id bigint
);

create table chat.message (
  channel_id bigint not null,
  seq bigint not null check (seq > 0),
  sender_id int not null,
  client_id uuid not null,
  -- Taken while the channel is locked: times never run against the sequence, short of a clock that is set back.
  at timestamptz(3) not null default clock_timestamp(),
  kind text not null default 'message',
  body text not null check (char_length(body) <= 20000),
  primary key (channel_id, seq),
  unique (sender_id, client_id)
);

-- Unread is last_seq - read_seq: no row per message and person.
create table chat.member_state (
  channel_id bigint not null,
  person_id int not null,
  read_seq bigint not null default 0,
  primary key (channel_id, person_id)
) with (fillfactor = 70);

create table chat.seed (name text primary key, at timestamptz(3) not null default now());

create function chat.forget_channel() returns trigger language plpgsql as $$
begin
  delete from chat.message where channel_id = old.resource_id;
  delete from chat.member_state where channel_id = old.resource_id;
  return old;
end $$;
create trigger forget_channel after delete on chat.channel for each row execute function chat.forget_channel();
`;

/**
 * The one way into the log, for a whole batch. Each statement of a volatile function sees what was committed before
 * it, so what waited for a channel's lock finds the rows that the holder of the lock stored meanwhile. Its plan is made
 * once per connection, when the tables may still be empty: whatever reads a table whole is kept out of it.
 */
const store = `
create function chat.store(channels bigint[], senders int[], clients uuid[], bodies text[])
returns table (nr int, seq bigint, at timestamptz, fresh boolean, same boolean)
language plpgsql set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
  perform from chat.channel c where c.resource_id = any(channels) order by c.resource_id for no key update;
  return query
  with given as materialized (
    select * from unnest(channels, senders, clients, bodies) with ordinality as g(channel_id, sender_id, client_id, body, nr)),
  known as materialized (
    select g.nr, m.seq, m.at, m.channel_id = g.channel_id and m.body = g.body as same
      from given g cross join lateral (
        select * from chat.message m where m.sender_id = g.sender_id and m.client_id = g.client_id offset 0) m),
  numbered as materialized (
    select g.*, row_number() over (partition by g.channel_id order by g.nr) as step
      from given g where not exists (select from known k where k.nr = g.nr)),
  grown as (
    update chat.channel c set last_seq = c.last_seq + n.count
      from (select channel_id, count(*) as count from numbered group by channel_id) n
     where c.resource_id = n.channel_id returning c.resource_id, c.last_seq - n.count as base),
  placed as materialized (
    select n.*, grown.base + n.step as seq, clock_timestamp()::timestamptz(3) as at
      from numbered n join grown on grown.resource_id = n.channel_id),
  stored as (
    insert into chat.message (channel_id, seq, sender_id, client_id, body, at)
    select channel_id, seq, sender_id, client_id, body, at from placed),
  read as (
    insert into chat.member_state as s (channel_id, person_id, read_seq)
    select channel_id, sender_id, max(seq) from placed group by channel_id, sender_id order by 1, 2
    on conflict (channel_id, person_id) do update set read_seq = greatest(s.read_seq, excluded.read_seq))
  select k.nr::int, k.seq, k.at, false, k.same from known k
  union all
  select p.nr::int, p.seq, p.at, true, true from placed p;
end $$;
`;

export const database: ServiceDatabase = {
  name: 'chat',
  migrations: [
    { name: '0001-log', sql: log },
    { name: '0002-store', sql: store },
    { name: '0003-entries', sql: message.entries + message.writing + message.store },
    { name: '0010-channels', sql: channels },
    { name: '0020-emoji', sql: emojiMigration },
    { name: '0030-edits', sql: edits },
    { name: '0040-drafts', sql: drafts },
    { name: '0041-scheduled', sql: scheduled },
    { name: '0042-saved', sql: saved },
    { name: '0043-votes', sql: votes },
    { name: '0050-search', sql: searchSql },
    { name: '0051-webhooks', sql: webhooks },
    { name: '0011-moderation', sql: moderation },
    { name: '0012-retention', sql: retention },
    { name: '0013-export', sql: exporting },
    { name: '0060-one-silence', sql: oneSilence },
    { name: '0061-preview-pictures', sql: previewPictures },
    { name: '0064-words-in-a-row', sql: wordsInARow },
  ],
  jobs: true,
};
