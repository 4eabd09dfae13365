/**
 * What happened that people are to hear of, written by every service in the transaction of the change and taken out by
 * the one that tells people. Nothing refers to it and no order is promised beyond that of one writer.
 */
export const happenings = `
create table access.happening (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  what text not null check (char_length(what) between 1 and 60),
  actor_id int,
  resource_id bigint,
  detail jsonb not null,
  attempts int not null default 0
);
`;
