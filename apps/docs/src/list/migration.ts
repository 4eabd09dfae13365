/** What each person keeps of documents for themselves: when they opened them last, and their favourites in order. */
export const listSql = `
create table docs.visit (
  person_id int not null references access.person on delete cascade,
  document_id bigint not null references docs.document on delete cascade,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (person_id, document_id)
);
create index visit_newest on docs.visit (person_id, at desc);
create index visit_document on docs.visit (document_id);

create table docs.favourite (
  person_id int not null references access.person on delete cascade,
  document_id bigint not null references docs.document on delete cascade,
  position double precision not null,
  primary key (person_id, document_id)
);
create index favourite_document on docs.favourite (document_id);
`;
