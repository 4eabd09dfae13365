/**
 * The log holds more than messages: what changes a message is an entry of the same log, written in the transaction that
 * changes its row, so one cursor resumes all of it. `nr` counts the messages that the channel shows: unread is a
 * difference of two of them, whatever else is in the log.
 */
export const entries = `
alter table chat.channel add column last_nr bigint not null default 0;
alter table chat.message
  add column nr bigint not null default 0,
  add column thread_seq bigint,
  add column in_channel boolean not null default true,
  add column target_seq bigint,
  add column content jsonb,
  add column changed_seq bigint,
  add column edited_at timestamptz(3),
  add column deleted_at timestamptz(3),
  add column hidden_at timestamptz(3),
  add column pinned_at timestamptz(3),
  add column pinned_by int,
  add check (kind in ('message', 'change', 'notice'));
alter table chat.member_state add column read_nr bigint not null default 0;
update chat.message set nr = seq;
update chat.channel set last_nr = last_seq;
update chat.member_state s set read_nr = least(s.read_seq, c.last_seq) from chat.channel c where c.resource_id = s.channel_id;

-- Plain messages are in neither of them: they cost what they did.
create index message_thread on chat.message (channel_id, thread_seq, seq) where thread_seq is not null;
create index message_pinned on chat.message (channel_id, pinned_at) where pinned_at is not null;

-- What a message said before it was edited, oldest first.
create table chat.revision (
  channel_id bigint not null,
  seq bigint not null,
  nr int not null,
  body text not null,
  until timestamptz(3) not null default clock_timestamp(),
  primary key (channel_id, seq, nr)
);
create table chat.reaction (
  channel_id bigint not null,
  seq bigint not null,
  emoji text not null,
  person_id int not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (channel_id, seq, emoji, person_id)
);
create table chat.thread (
  channel_id bigint not null,
  root_seq bigint not null,
  replies int not null,
  last_seq bigint not null,
  last_at timestamptz(3) not null,
  -- The first few who answered.
  people int[] not null,
  primary key (channel_id, root_seq)
) with (fillfactor = 70);
create table chat.thread_state (
  person_id int not null,
  channel_id bigint not null,
  root_seq bigint not null,
  following boolean not null,
  read_seq bigint not null default 0,
  primary key (person_id, channel_id, root_seq)
) with (fillfactor = 70);
create index thread_state_followers on chat.thread_state (channel_id, root_seq) where following;
-- A person, a group, or everybody (subject 1): never a row per member.
create table chat.mention (
  channel_id bigint not null,
  seq bigint not null,
  kind text not null check (kind in ('person', 'group', 'channel', 'here')),
  subject_id int not null,
  thread_seq bigint,
  primary key (channel_id, seq, kind, subject_id)
);

create or replace function chat.forget_channel() returns trigger language plpgsql as $$
begin
  delete from chat.message where channel_id = old.resource_id;
  delete from chat.member_state where channel_id = old.resource_id;
  delete from chat.revision where channel_id = old.resource_id;
  delete from chat.reaction where channel_id = old.resource_id;
  delete from chat.thread where channel_id = old.resource_id;
  delete from chat.thread_state where channel_id = old.resource_id;
  delete from chat.mention where channel_id = old.resource_id;
  return old;
end $$;

-- How many messages the channel shows up to a position, also where what lay there is gone.
create function chat.nr_at(channel bigint, at_seq bigint) returns bigint language sql stable as $$
  select coalesce(
    (select m.nr from chat.message m where m.channel_id = channel and m.seq <= at_seq order by m.seq desc limit 1),
    (select m.nr - case when m.kind = 'message' and m.in_channel then 1 else 0 end
       from chat.message m where m.channel_id = channel and m.seq > at_seq order by m.seq limit 1),
    0)
$$;
`;

/**
 * The ways into the log. A change or a notice takes the next position of a channel whose row it holds, and marks the
 * message that it changed.
 */
export const writing = `
create function chat.add_entry(channel bigint, actor int, entry_kind text, target bigint, entry_content jsonb)
returns bigint language plpgsql as $$
declare
  placed bigint;
begin
  with grown as (
    update chat.channel c set last_seq = c.last_seq + 1 where c.resource_id = channel
    returning c.last_seq, c.last_nr)
  insert into chat.message (channel_id, seq, nr, sender_id, client_id, body, kind, in_channel, target_seq, content)
  select channel, g.last_seq, g.last_nr, actor, gen_random_uuid(), '', entry_kind, entry_kind = 'notice', target, entry_content
    from grown g returning seq into placed;
  update chat.message m set changed_seq = placed where m.channel_id = channel and m.seq = target;
  return placed;
end $$;

-- Counts the answers of a message again, and says so in the log when the count is another one.
create function chat.thread_changed(channel bigint, root bigint, actor int) returns void language plpgsql as $$
declare
  changed boolean;
begin
  with answers as (
    select count(*)::int as replies, max(m.seq) as last_seq, max(m.at) as last_at
      from chat.message m where m.channel_id = channel and m.thread_seq = root and m.deleted_at is null),
  first_people as (
    select array_agg(f.sender_id order by f.first) as people from (
      select m.sender_id, min(m.seq) as first from chat.message m
       where m.channel_id = channel and m.thread_seq = root and m.deleted_at is null
       group by m.sender_id order by first limit 5) f)
  insert into chat.thread as t (channel_id, root_seq, replies, last_seq, last_at, people)
  select channel, root, a.replies, coalesce(a.last_seq, 0), coalesce(a.last_at, now()), coalesce(p.people, '{}')
    from answers a, first_people p
  on conflict (channel_id, root_seq) do update
     set replies = excluded.replies, last_seq = excluded.last_seq, last_at = excluded.last_at, people = excluded.people
   where (t.replies, t.last_seq, t.people) is distinct from (excluded.replies, excluded.last_seq, excluded.people)
  returning true into changed;
  if changed then
    perform chat.add_entry(channel, actor, 'change', root, '{"why":"replied"}');
  end if;
end $$;

-- Writes down whom a message mentions, from its content; who is mentioned in a thread follows it.
create function chat.note_mentions(channel bigint, of_seq bigint) returns void language plpgsql as $$
begin
  delete from chat.mention where channel_id = channel and seq = of_seq;
  insert into chat.mention (channel_id, seq, kind, subject_id, thread_seq)
  select channel, of_seq, w.kind, coalesce(p.subject_id, g.subject_id, 1), m.thread_seq
    from chat.message m
   cross join lateral jsonb_to_recordset(coalesce(m.content -> 'mentions', '[]')) as w(kind text, id uuid)
    left join access.person p on w.kind = 'person' and p.uid = w.id
    left join access.people_group g on w.kind = 'group' and g.uid = w.id
   where m.channel_id = channel and m.seq = of_seq and (w.id is null or p.subject_id is not null or g.subject_id is not null)
  on conflict do nothing;
  insert into chat.thread_state (person_id, channel_id, root_seq, following)
  select n.subject_id, channel, n.thread_seq, true from chat.mention n
   where n.channel_id = channel and n.seq = of_seq and n.kind = 'person' and n.thread_seq is not null
   order by 1
  on conflict do nothing;
end $$;

-- What a batch of messages brings with it besides their rows; done once, however often the batch is sent again.
create function chat.after_store(channels bigint[], senders int[], clients uuid[], threads bigint[], contents jsonb[])
returns void language plpgsql set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  one record;
begin
  for one in
    select m.channel_id, m.seq, m.thread_seq, m.sender_id, g.content ? 'mentions' as mentions
      from unnest(channels, senders, clients, threads, contents) as g(channel_id, sender_id, client_id, thread_seq, content)
     cross join lateral (
       select * from chat.message m where m.sender_id = g.sender_id and m.client_id = g.client_id offset 0) m
     where (g.thread_seq is not null or g.content ? 'mentions') and m.deleted_at is null and m.edited_at is null
     order by m.channel_id, m.seq
  loop
    if one.thread_seq is not null then
      insert into chat.thread_state as s (person_id, channel_id, root_seq, following, read_seq)
      values (one.sender_id, one.channel_id, one.thread_seq, true, one.seq)
      on conflict (person_id, channel_id, root_seq) do update
         set following = true, read_seq = greatest(s.read_seq, excluded.read_seq);
      insert into chat.thread_state (person_id, channel_id, root_seq, following)
      select m.sender_id, m.channel_id, m.seq, true from chat.message m
       where m.channel_id = one.channel_id and m.seq = one.thread_seq
      on conflict do nothing;
    end if;
    if one.mentions then
      perform chat.note_mentions(one.channel_id, one.seq);
    end if;
  end loop;
  for one in
    select distinct on (g.channel_id, g.thread_seq) g.channel_id, g.thread_seq, g.sender_id
      from unnest(channels, senders, threads) as g(channel_id, sender_id, thread_seq)
     where g.thread_seq is not null order by g.channel_id, g.thread_seq
  loop
    if exists (select from chat.message m where m.channel_id = one.channel_id and m.thread_seq = one.thread_seq) then
      perform chat.thread_changed(one.channel_id, one.thread_seq, one.sender_id);
    end if;
  end loop;
end $$;
`;

/**
 * The one way for messages, for a whole batch. Each statement of a volatile function sees what was committed before
 * it, so what waited for a channel's lock finds the rows that the holder of the lock stored meanwhile. Its plan is made
 * once per connection, when the tables may still be empty: whatever reads a table whole is kept out of it. An answer
 * to what cannot be answered comes back without a position.
 */
export const store = `
create function chat.store_entries(channels bigint[], senders int[], clients uuid[], bodies text[],
  threads bigint[], beside boolean[], contents jsonb[])
returns table (place int, seq bigint, nr bigint, at timestamptz, fresh boolean, same boolean)
language plpgsql set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
  perform from chat.channel c where c.resource_id = any(channels) order by c.resource_id for no key update;
  return query
  with given as materialized (
    select g.channel_id, g.sender_id, g.client_id, g.body, g.thread_seq, coalesce(g.beside, false) as beside, g.content, g.place
      from unnest(channels, senders, clients, bodies, threads, beside, contents)
        with ordinality as g(channel_id, sender_id, client_id, body, thread_seq, beside, content, place)),
  known as materialized (
    select g.place, m.seq, m.nr, m.at, m.channel_id = g.channel_id and m.thread_seq is not distinct from g.thread_seq
        and (m.body = g.body or m.deleted_at is not null or exists (
          select from chat.revision r where r.channel_id = m.channel_id and r.seq = m.seq and r.body = g.body)) as same
      from given g cross join lateral (
        select * from chat.message m where m.sender_id = g.sender_id and m.client_id = g.client_id offset 0) m),
  numbered as materialized (
    select g.*, row_number() over (partition by g.channel_id order by g.place) as step,
        count(*) filter (where not g.beside) over (partition by g.channel_id order by g.place) as nr_step
      from given g where not exists (select from known k where k.place = g.place)
       and (g.thread_seq is null or exists (
         select from chat.message t where t.channel_id = g.channel_id and t.seq = g.thread_seq
            and t.kind = 'message' and t.thread_seq is null and t.deleted_at is null))),
  grown as (
    update chat.channel c set last_seq = c.last_seq + n.count, last_nr = c.last_nr + n.shown
      from (select channel_id, count(*) as count, count(*) filter (where not beside) as shown
              from numbered group by channel_id) n
     where c.resource_id = n.channel_id
     returning c.resource_id, c.last_seq - n.count as base, c.last_nr - n.shown as nr_base),
  placed as materialized (
    select n.*, grown.base + n.step as seq, grown.nr_base + n.nr_step as nr, clock_timestamp()::timestamptz(3) as at
      from numbered n join grown on grown.resource_id = n.channel_id),
  stored as (
    insert into chat.message (channel_id, seq, nr, sender_id, client_id, body, at, thread_seq, in_channel, content)
    select channel_id, seq, nr, sender_id, client_id, body, at, thread_seq, not beside, content from placed),
  read as (
    insert into chat.member_state as s (channel_id, person_id, read_seq, read_nr)
    select channel_id, sender_id, max(seq), max(nr) from placed
     -- What a program posts in somebody's name they have not read.
     where not beside and (content is null or not content ? 'via')
     group by channel_id, sender_id order by 1, 2
    on conflict (channel_id, person_id) do update
       set read_seq = greatest(s.read_seq, excluded.read_seq), read_nr = greatest(s.read_nr, excluded.read_nr))
  select k.place::int, k.seq, k.nr, k.at, false, k.same from known k
  union all
  select p.place::int, p.seq, p.nr, p.at, true, true from placed p;
  if exists (select from unnest(threads, contents) as g(thread_seq, content)
              where g.thread_seq is not null or g.content ? 'mentions') then
    perform chat.after_store(channels, senders, clients, threads, contents);
  end if;
end $$;

-- The way that processes of the version before know, while both versions run.
create or replace function chat.store(channels bigint[], senders int[], clients uuid[], bodies text[])
returns table (nr int, seq bigint, at timestamptz, fresh boolean, same boolean) language sql as $$
  select e.place, e.seq, e.at, e.fresh, e.same from chat.store_entries(channels, senders, clients, bodies,
    array_fill(null::bigint, array[cardinality(channels)]), array_fill(false, array[cardinality(channels)]),
    array_fill(null::jsonb, array[cardinality(channels)])) e
$$;
`;
