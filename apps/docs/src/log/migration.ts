/**
 * Snapshots in the object store. A row says that a document has one; without `bytes` they are the object of that hash.
 * `docs.snapshot_object` knows each object from before it is written until after it is removed.
 */
export const snapshotObjectsSql = `
alter table docs.snapshot alter column bytes drop not null;
alter table docs.snapshot add column size_bytes bigint;
create index snapshot_hash on docs.snapshot (hash) where bytes is null;

create table docs.snapshot_object (
  hash bytea primary key,
  at timestamptz(3) not null default clock_timestamp()
);
create index snapshot_object_at on docs.snapshot_object (at);
`;

/**
 * The hot path: one statement for all documents of a commit, where a loop was. The rows of a document go by a trigger:
 * a foreign key would look each document up again, which is locked already.
 */
export const appendSql = `
alter table docs.update drop constraint update_document_id_fkey;

create function docs.forget_updates() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from docs.update u using gone where u.document_id = gone.resource_id;
  return null;
end $$;
create trigger forget_updates after delete on docs.document referencing old table as gone
  for each statement execute function docs.forget_updates();

-- One group commit: the payloads of several documents stand one after the other in body, each document once. Documents
-- are locked in the order of their ids, so that two processes never wait for each other. seq is null in the answer when
-- the document is of another epoch by now; one that is gone is not in it.
create or replace function docs.append(ids bigint[], epochs uuid[], persons int[], lengths int[], body bytea)
returns table (document_id bigint, seq bigint) language plpgsql as $$
#variable_conflict use_column
begin
  return query
    with wanted as (
      select id, epoch, person, length, sum(length) over (order by nth) - length + 1 as at_byte
        from unnest(ids, epochs, persons, lengths) with ordinality as w(id, epoch, person, length, nth)
    ), locked as materialized (
      select d.resource_id, d.epoch from docs.document d where d.resource_id = any(ids)
       order by d.resource_id for no key update
    ), moved as (
      update docs.document d set last_seq = d.last_seq + 1
        from locked l join wanted w on w.id = l.resource_id and w.epoch = l.epoch
       where d.resource_id = l.resource_id
      returning d.resource_id, d.last_seq, w.person, w.at_byte, w.length
    ), written as (
      insert into docs.update (document_id, seq, person_id, payload)
      select resource_id, last_seq, nullif(person, 0), substring(body from at_byte::int for length) from moved
    )
    select l.resource_id, m.last_seq from locked l left join moved m on m.resource_id = l.resource_id;
end $$;
`;
