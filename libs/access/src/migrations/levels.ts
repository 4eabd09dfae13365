/**
 * What a person wants to hear of one thing, where they chose it: read by the service that tells people and by those that
 * count what is unread, so that "muted" is said in one place. Who has no row has what is usual for them.
 */
export const levels = `
create table access.level (
  person_id int not null references access.person on delete cascade,
  resource_id bigint not null references access.resource on delete cascade,
  level text not null check (level in ('all', 'mentions', 'none')),
  primary key (resource_id, person_id)
);
create index level_of_person on access.level (person_id);
`;
