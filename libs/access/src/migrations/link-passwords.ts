/**
 * A link may ask for a password. Its own secret then opens nothing by itself: whoever gives the password receives a
 * key of their own, which stands where the secret stands for other links and lasts for some hours.
 */
export const linkPasswords = `
alter table access.link
  -- scrypt, as links.ts writes it; null for a link without a password.
  add column password_hash text,
  add column wrong_tries int not null default 0,
  add column tries_from timestamptz(3) not null default now();

create table access.link_key (
  hash bytea primary key,
  link_id int not null references access.link on delete cascade,
  expires_at timestamptz(3) not null
);
create index link_key_link on access.link_key (link_id);
create index link_key_expiry on access.link_key (expires_at);

create or replace function access.subjects_of(who int, link_hash bytea default null) returns int[]
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
  known int[];
  member boolean;
begin
  select p.kind = 'member' into member from access.person p
   where p.subject_id = who and p.disabled_at is null and (p.ends_at is null or p.ends_at > now());
  if member is not null then
    with recursive s(id) as (
      select who
      union
      select m.group_id from s join access.member m on m.subject_id = s.id)
    select array_agg(s.id) into known from s;
    if member then known := known || 1; end if;
  end if;
  if link_hash is not null then
    known := known || (select l.subject_id from access.link l
      where l.secret_hash = link_hash and l.password_hash is null and (l.reach = 'public' or member));
    known := known || (select l.subject_id from access.link_key k join access.link l on l.subject_id = k.link_id
      where k.hash = link_hash and k.expires_at > now() and (l.reach = 'public' or member));
  end if;
  return array_remove(coalesce(known, '{}'), null);
end $$;
`;
