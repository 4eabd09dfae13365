/** Devices that are told while no page is open, and the secrets that this service made for itself. */
export const pushSql = `
create table notify.device (
  id uuid primary key default uuidv7(),
  person_id int not null references access.person on delete cascade,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  name text not null,
  added_at timestamptz(3) not null default now(),
  used_at timestamptz(3)
);
create index device_person on notify.device (person_id);

-- Made once by whichever process needs one first.
create table notify.secret (name text primary key, value jsonb not null);
`;
