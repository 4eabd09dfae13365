/**
 * What the log alone does not say: where an epoch begins, who wrote what of it, which moments are kept for ever, and
 * how the work on a document falls into sittings.
 */
export const historySql = `
-- How far the log of a document was gone through. Apart from docs.document, whose row is locked at each commit.
create table docs.history (
  document_id bigint primary key references docs.document on delete cascade,
  -- Rows up to this one are counted in docs.sitting and docs.writer.
  counted_seq bigint not null default 0,
  -- Rows up to this one are no longer in docs.update; a kept version stands at it.
  folded_seq bigint not null default 0
);

-- A second life of a document: its text was replaced by an older one. The first has no row.
create table docs.epoch (
  document_id bigint not null references docs.document on delete cascade,
  -- The row of docs.update with its first content; all before it is of the epoch before.
  first_seq bigint not null,
  epoch uuid not null,
  -- The moment whose text it began with, and the clients whose text was left behind.
  from_seq bigint not null,
  past_clients bigint[] not null,
  primary key (document_id, first_seq)
);

-- Who wrote which clocks of a client, also of rows that are gone from docs.update. A client is one open page of one
-- person: it has one row, as a rule.
create table docs.writer (
  document_id bigint not null references docs.document on delete cascade,
  client bigint not null,
  from_clock bigint not null,
  to_clock bigint not null,
  person_id int not null,
  primary key (document_id, client, from_clock)
);

-- A moment that is kept: by a name that people gave it, or by itself. Without a hash its text is still made from the
-- log, which keeps the rows for it.
create table docs.version (
  id bigint generated always as identity primary key,
  uid uuid not null unique,
  document_id bigint not null references docs.document on delete cascade,
  seq bigint not null,
  at timestamptz(3) not null,
  name text check (char_length(name) between 1 and 200),
  -- Who named it, or who replaced its text by an older one.
  person_id int,
  kind text not null check (kind in ('named', 'sitting', 'replaced', 'folded')),
  hash bytea,
  unique (document_id, seq)
);

-- Rows of docs.update without a long pause between them, within one epoch. writers: [{person, edits, bytes}].
create table docs.sitting (
  document_id bigint not null references docs.document on delete cascade,
  first_seq bigint not null,
  last_seq bigint not null,
  began_at timestamptz(3) not null,
  ended_at timestamptz(3) not null,
  writers jsonb not null,
  primary key (document_id, first_seq)
);

-- As before, and a row is written only into the epoch that it is meant for. seq is null in the answer when the
-- document is of another epoch by now.
create function docs.append(ids bigint[], epochs uuid[], persons int[], lengths int[], body bytea)
returns table (document_id bigint, seq bigint) language plpgsql as $$
declare
  at_byte int := 1;
begin
  for i in 1 .. coalesce(array_length(ids, 1), 0) loop
    update docs.document d set last_seq = d.last_seq + 1 where d.resource_id = ids[i] and d.epoch = epochs[i]
      returning d.resource_id, d.last_seq into document_id, seq;
    if found then
      insert into docs.update (document_id, seq, person_id, payload)
      values (ids[i], seq, nullif(persons[i], 0), substring(body from at_byte for lengths[i]));
      return next;
    elsif exists (select from docs.document d where d.resource_id = ids[i]) then
      document_id := ids[i];
      seq := null;
      return next;
    end if;
    at_byte := at_byte + lengths[i];
  end loop;
end $$;
`;

/** For the rows that are older than the log must be: they lie together, in the order in which they came. */
export const logAgeSql = 'create index update_at on docs.update using brin (at);';
