/** What each person wants to hear, and when. Who has no row has what the columns say by default. */
export const levelSql = `
create table notify.setting (
  person_id int primary key references access.person on delete cascade,
  level text not null default 'mentions' check (level in ('all', 'mentions')),
  desktop boolean not null default true,
  push boolean not null default true,
  digest text not null default 'daily' check (digest in ('off', 'hourly', 'daily')),
  -- Minutes since midnight, and days of the week from 1, Monday.
  quiet_from smallint,
  quiet_to smallint,
  quiet_days smallint[],
  quiet_until timestamptz(3),
  time_zone text not null default 'Europe/Paris',
  mailed_at timestamptz(3)
);
create index setting_all on notify.setting (person_id) where level = 'all';

create table notify.level (
  person_id int not null references access.person on delete cascade,
  resource_id bigint not null references access.resource on delete cascade,
  level text not null check (level in ('all', 'mentions', 'none')),
  primary key (resource_id, person_id)
);
create index level_of_person on notify.level (person_id);
`;

/** Levels stand where the services that count what is unread can read them, too. */
export const levelMoveSql = `
insert into access.level (person_id, resource_id, level)
  select person_id, resource_id, level from notify.level on conflict do nothing;
`;
