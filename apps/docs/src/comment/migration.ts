/**
 * Conversations about documents. `rev` counts the changes of a document's comments; it rises under the row lock of
 * `comment_book`, so that changes become visible in its order and "after rev n" misses nothing.
 */
export const commentSql = `
create table docs.comment_book (
  document_id bigint primary key references docs.document on delete cascade,
  rev bigint not null default 0
);

create table docs.thread (
  id bigint generated always as identity primary key,
  uid uuid not null unique,
  document_id bigint not null references docs.document on delete cascade,
  author_id int not null,
  quote text not null,
  at timestamptz(3) not null default clock_timestamp(),
  resolved_at timestamptz(3),
  resolved_by int,
  -- Its comments were all deleted; the row tells the screens that still show it.
  deleted_at timestamptz(3),
  rev bigint not null,
  check ((resolved_at is null) = (resolved_by is null))
);
create index thread_changes on docs.thread (document_id, rev);

create table docs.comment (
  id bigint generated always as identity primary key,
  uid uuid not null unique,
  thread_id bigint not null references docs.thread on delete cascade,
  author_id int not null,
  body text not null,
  at timestamptz(3) not null default clock_timestamp(),
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  rev bigint not null
);
create index comment_thread on docs.comment (thread_id, id);

create table docs.comment_edit (
  comment_id bigint not null references docs.comment on delete cascade,
  until timestamptz(3) not null default clock_timestamp(),
  body text not null
);
create index comment_edit_comment on docs.comment_edit (comment_id, until);

-- Only people who may see the document when they are mentioned.
create table docs.comment_mention (
  comment_id bigint not null references docs.comment on delete cascade,
  person_id int not null,
  primary key (comment_id, person_id)
);
create index comment_mention_person on docs.comment_mention (person_id, comment_id);

create table docs.reaction (
  comment_id bigint not null references docs.comment on delete cascade,
  emoji text not null,
  person_id int not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (comment_id, emoji, person_id)
);

create table docs.comment_seen (
  document_id bigint not null references docs.document on delete cascade,
  person_id int not null,
  rev bigint not null,
  primary key (document_id, person_id)
);
`;
