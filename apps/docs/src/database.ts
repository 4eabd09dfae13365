import { conversionSql } from './conversion/migration.ts';
import { publications } from './reading/migration.ts';
import type { ServiceDatabase } from '@parvis/server/service';
import { boardSql } from './document/migration.ts';
import { commentSql } from './comment/migration.ts';
import { historySql, logAgeSql } from './history/migration.ts';
import { indexSql } from './index/migration.ts';
import { listSql } from './list/migration.ts';
import { appendSql, snapshotObjectsSql } from './log/migration.ts';
import { templateSql } from './template/migration.ts';

/**
 * `docs.update` is the truth: it only grows. A row is what one commit added to one document (see log/entry.ts for
 * the payload). `last_seq` rises under the document's row lock, so that rows become visible in the order of `seq`.
 */
const log = `
create table docs.document (
  resource_id bigint primary key references access.resource on delete cascade,
  uid uuid not null unique,
  epoch uuid not null,
  last_seq bigint not null default 0,
  -- Everything up to snapshot_seq is in the snapshot of this hash; null while there is none.
  snapshot_seq bigint not null default 0,
  snapshot_hash bytea,
  snapshot_clocks bytea,
  check ((snapshot_hash is null) = (snapshot_seq = 0)),
  check ((snapshot_hash is null) = (snapshot_clocks is null))
);

create table docs.update (
  document_id bigint not null references docs.document on delete cascade,
  seq bigint not null,
  at timestamptz(3) not null default clock_timestamp(),
  -- The author when there is one only; the payload names the author of each update.
  person_id int,
  payload bytea not null,
  primary key (document_id, seq)
);
-- Updates are compressed badly and read whole: no try at compression on the hot path.
alter table docs.update alter column payload set storage external;

create table docs.snapshot (
  document_id bigint not null references docs.document on delete cascade,
  hash bytea not null,
  at timestamptz(3) not null default clock_timestamp(),
  bytes bytea not null,
  primary key (document_id, hash)
);
alter table docs.snapshot alter column bytes set storage external;

-- One group commit: the payloads of several documents stand one after the other in body. Ids must rise, so that two
-- processes lock rows in the same order. A document that is gone gets no row in the answer.
create function docs.append(ids bigint[], persons int[], lengths int[], body bytea)
returns table (document_id bigint, seq bigint) language plpgsql as $$
declare
  at_byte int := 1;
begin
  for i in 1 .. coalesce(array_length(ids, 1), 0) loop
    update docs.document d set last_seq = d.last_seq + 1 where d.resource_id = ids[i]
      returning d.resource_id, d.last_seq into document_id, seq;
    if found then
      insert into docs.update (document_id, seq, person_id, payload)
      values (ids[i], seq, nullif(persons[i], 0), substring(body from at_byte for lengths[i]));
      return next;
    end if;
    at_byte := at_byte + lengths[i];
  end loop;
end $$;
`;

export const database: ServiceDatabase = {
  name: 'docs',
  jobs: true,
  migrations: [
    { name: '0001-log', sql: log },
    { name: '0002-history', sql: historySql },
    { name: '0003-log-age', sql: logAgeSql },
    { name: '0004-index', sql: indexSql },
    { name: '0005-lists', sql: listSql },
    { name: '0006-templates', sql: templateSql },
    { name: '0007-publications', sql: publications },
    { name: '0008-comments', sql: commentSql },
    { name: '0009-append', sql: appendSql },
    { name: '0010-conversions', sql: conversionSql },
    { name: '0011-snapshot-objects', sql: snapshotObjectsSql },
    { name: '0012-boards', sql: boardSql },
  ],
};
