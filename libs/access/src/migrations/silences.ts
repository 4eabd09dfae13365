/**
 * Who may read a thing and not write in it for as long as another one lasts: the chat of a meeting, in which an organiser
 * took somebody's words. It stands here because the service of the meeting says it and that of the channel keeps to it.
 */
export const silences = `
create table access.silence (
  resource_id bigint not null references access.resource on delete cascade,
  person_id int not null references access.person on delete cascade,
  -- What it lasts for: gone with it.
  for_id bigint not null references access.resource on delete cascade,
  primary key (resource_id, person_id, for_id)
);
create index silence_for on access.silence (for_id);
create index silence_of on access.silence (person_id);
`;
