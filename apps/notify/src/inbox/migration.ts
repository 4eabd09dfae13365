/** Inboxes: a line per person and thing to hear of. What was said is never in it. */
export const inboxSql = `
create table notify.item (
  id uuid primary key default uuidv7(),
  person_id int not null references access.person on delete cascade,
  kind text not null,
  actor_id int references access.person on delete set null,
  resource_id bigint not null references access.resource on delete cascade,
  seq bigint,
  thread_seq bigint,
  place text,
  count int not null default 1,
  given boolean,
  -- Unread lines of one bundle are one line that grows.
  bundle text not null,
  at timestamptz(3) not null,
  read_at timestamptz(3),
  done_at timestamptz(3),
  mailed_at timestamptz(3)
);
create unique index item_bundle on notify.item (person_id, resource_id, bundle) where read_at is null;
create index item_of_person on notify.item (person_id, at desc, id desc);
create index item_unread on notify.item (person_id) where read_at is null;
create index item_at on notify.item (at);
create index item_resource on notify.item (resource_id);
create index item_actor on notify.item (actor_id);

-- How far each person has read a channel, as far as was heard: what comes later about something before it is read.
create table notify.seen (
  person_id int not null,
  resource_id bigint not null references access.resource on delete cascade,
  seq bigint not null,
  primary key (person_id, resource_id)
) with (fillfactor = 70);
create index seen_resource on notify.seen (resource_id);
`;
