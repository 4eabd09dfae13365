/**
 * How long messages stay, and what holds them. A hold wins over everything that would lose a word: whatever changes or
 * removes the text of a message that is held, by whatever way, leaves the text behind in chat.held_original.
 */
export const retention = `
alter table chat.message add column removed_at timestamptz(3);

create table chat.policy (
  one boolean primary key default true check (one),
  retention_days int check (retention_days > 0),
  managers_choose boolean not null default true
);
insert into chat.policy default values;

create table chat.hold (
  id uuid primary key default gen_random_uuid(),
  -- No foreign keys: a hold outlives what it holds, and its title is what it was called then.
  channel_id bigint,
  channel_uid uuid,
  title text,
  person_id int,
  reason text not null,
  placed_by int not null,
  placed_at timestamptz(3) not null default now(),
  released_by int,
  released_at timestamptz(3),
  check ((channel_id is null) <> (person_id is null))
);
create index hold_standing on chat.hold (channel_id, person_id) where released_at is null;

create table chat.held_original (
  id bigint generated always as identity primary key,
  channel_id bigint not null,
  seq bigint not null,
  sender_id int not null,
  client_id uuid not null,
  thread_seq bigint,
  at timestamptz(3) not null,
  body text not null,
  content jsonb,
  why text not null check (why in ('edited', 'deleted', 'channel-deleted')),
  kept_at timestamptz(3) not null default now()
);
create index held_original_of on chat.held_original (channel_id, seq);

-- Whether all of a channel is held.
create or replace function chat.is_held(channel bigint) returns boolean language sql stable as $$
  select exists (select from chat.hold h where h.released_at is null and h.channel_id = channel)
$$;
-- Whether a message of this person there is held.
create function chat.is_held(channel bigint, person int) returns boolean language sql stable as $$
  select exists (select from chat.hold h where h.released_at is null and (h.channel_id = channel or h.person_id = person))
$$;

-- Copies the former texts of a message, before they go.
create function chat.keep_revisions(channel bigint, of_seq bigint) returns void language sql as $$
  insert into chat.held_original (channel_id, seq, sender_id, client_id, thread_seq, at, body, content, why, kept_at)
  select m.channel_id, m.seq, m.sender_id, m.client_id, m.thread_seq, m.at, r.body, r.content, 'edited', r.until
    from chat.revision r join chat.message m on m.channel_id = r.channel_id and m.seq = r.seq
   where r.channel_id = channel and r.seq = of_seq and not exists (
     select from chat.held_original o where o.channel_id = channel and o.seq = of_seq and o.body = r.body)
$$;

create function chat.keep_held() returns trigger language plpgsql as $$
begin
  if chat.is_held(old.channel_id, old.sender_id) then
    if tg_op = 'DELETE' then
      perform chat.keep_revisions(old.channel_id, old.seq);
    end if;
    insert into chat.held_original (channel_id, seq, sender_id, client_id, thread_seq, at, body, content, why)
    values (old.channel_id, old.seq, old.sender_id, old.client_id, old.thread_seq, old.at, old.body, old.content,
      case when tg_op = 'DELETE' then 'channel-deleted'
           when new.deleted_at is not null and old.deleted_at is null then 'deleted' else 'edited' end);
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create function chat.keep_held_revision() returns trigger language plpgsql as $$
begin
  if exists (select from chat.message m where m.channel_id = old.channel_id and m.seq = old.seq
              and chat.is_held(m.channel_id, m.sender_id)) then
    perform chat.keep_revisions(old.channel_id, old.seq);
  end if;
  return old;
end $$;
create trigger keep_held_revision before delete on chat.revision for each row execute function chat.keep_held_revision();
create trigger keep_held_text before update of body, content, deleted_at on chat.message for each row
  when (old.kind = 'message' and old.body <> '' and (new.body is distinct from old.body
    or (new.content -> 'files') is distinct from (old.content -> 'files')
    or (new.deleted_at is not null and old.deleted_at is null)))
  execute function chat.keep_held();
create trigger keep_held_row before delete on chat.message for each row
  when (old.kind = 'message' and old.body <> '') execute function chat.keep_held();
`;
