/**
 * The questions of access, in the database so that their plans are kept per connection whoever asks (a driver that
 * prepares nothing would plan a recursive query anew each time, at several times the cost of running it).
 */
export const functions = `
-- The person, all their groups, 'everyone' for members, and the link if its secret is given. Nobody when the
-- person is disabled or past their end; a public link stays open to whoever holds it, as it is to anyone.
create function access.subjects_of(who int, link_hash bytea default null) returns int[]
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
      where l.secret_hash = link_hash and (l.reach = 'public' or member));
  end if;
  return array_remove(coalesce(known, '{}'), null);
end $$;

-- The highest rank (1 to 5) that the subjects hold on an access root or any root above it; null for strangers.
create function access.role_at(access_root bigint, subjects int[]) returns smallint
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
declare
  best smallint;
begin
  with recursive up(id) as (
    select access_root
    union all
    select o.parent_id from up join access.root o on o.id = up.id where o.parent_id is not null)
  select max(g.role) into best from up join access.grant_ g on g.resource_id = up.id
   where g.subject_id = any(subjects) and (g.expires_at is null or g.expires_at > now());
  return best;
end $$;

-- The same for many access roots at once; those without a rank are left out.
create function access.roles_at(access_roots bigint[], subjects int[]) returns table (start bigint, rank smallint)
language plpgsql stable parallel safe rows 50 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with recursive up(start, id) as (
    select distinct a, a from unnest(access_roots) a
    union all
    select up.start, o.parent_id from up join access.root o on o.id = up.id where o.parent_id is not null)
  select up.start, max(g.role) from up join access.grant_ g on g.resource_id = up.id
   where g.subject_id = any(subjects) and (g.expires_at is null or g.expires_at > now()) group by up.start;
end $$;

-- All that a person may see: whole trees (tops), and access roots granted inside other trees with the roots below
-- them (extra). Visible is: top_id in tops or access_id in extra. Links are never part of it.
create function access.scope_of(who int)
returns table (subjects int[], tops bigint[], extra bigint[], valid_until timestamptz)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  mine int[] := access.subjects_of(who);
begin
  return query
  with recursive g as materialized (
    select resource_id as res, expires_at from access.grant_
     where subject_id = any(mine) and (expires_at is null or expires_at > now())),
  t as materialized (
    select distinct g.res as id from g join access.root o on o.id = g.res where o.parent_id is null),
  x(id) as (
    select r.id from (select distinct res from g) d join access.resource r on r.id = d.res
     where r.parent_id is not null and not exists (select from t where t.id = r.top_id)
    union
    select c.id from x join access.root c on c.parent_id = x.id)
  select mine,
    coalesce((select array_agg(t.id) from t), '{}'),
    coalesce((select array_agg(x.id) from x), '{}'),
    least((select min(g.expires_at) from g), (select p.ends_at from access.person p where p.subject_id = who));
end $$;
`;
