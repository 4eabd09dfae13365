/** Who is at a screen: a row per process and person, which counts only while its process says that it lives. */
export const presenceSql = `
create table notify.process (
  id uuid primary key,
  beat_at timestamptz(3) not null default clock_timestamp()
);
create table notify.presence (
  process_id uuid not null references notify.process on delete cascade,
  person_id int not null references access.person on delete cascade,
  active boolean not null,
  primary key (process_id, person_id)
);
create index presence_person on notify.presence (person_id);

create table notify.status (
  person_id int primary key references access.person on delete cascade,
  emoji text not null,
  text text not null,
  until timestamptz(3)
);
`;
