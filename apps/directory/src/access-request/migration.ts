/** Who asked to be let in to what. An answered one is gone: the grant and the journal tell the rest. */
export const accessRequests = `
create table directory.access_request (
  uid uuid primary key default uuidv7(),
  resource_id bigint not null references access.resource on delete cascade,
  person_id int not null references access.person on delete cascade,
  note text not null,
  at timestamptz(3) not null default now(),
  unique (resource_id, person_id)
);
create index access_request_person on directory.access_request (person_id);
create index access_request_newest on directory.access_request (at desc);
`;
