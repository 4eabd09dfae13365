/** Locks and labels of the tree. Every change of shape holds its trees alone; adding a child shares them. */
export const labels = `
-- Locks the trees that the resources are in until the transaction ends. Reads again after waiting, since whoever
-- held the lock may have moved one of them to another tree.
create function access.lock_trees(ids bigint[], alone boolean) returns void language plpgsql as $$
declare
  before_ bigint[];
  after_ bigint[];
  key int;
begin
  loop
    select array_agg(distinct r.top_id) into before_ from access.resource r where r.id = any(ids);
    for key in select distinct (t % 2147483647)::int from unnest(before_) t order by 1 loop
      if alone then perform pg_advisory_xact_lock(721554, key);
      else perform pg_advisory_xact_lock_shared(721554, key);
      end if;
    end loop;
    select array_agg(distinct r.top_id) into after_ from access.resource r where r.id = any(ids);
    exit when before_ is not distinct from after_;
  end loop;
end $$;

-- Where a new child would hang, with its tree locked against moves; no row when the parent is missing or trashed.
create function access.place_below(parent_uid uuid)
returns table (id bigint, kind text, top_id bigint, access_id bigint, space_id bigint, depth int)
language plpgsql as $$
#variable_conflict use_column
declare
  parent bigint;
begin
  select r.id into parent from access.resource r where r.uid = parent_uid;
  perform access.lock_trees(array[parent], false);
  return query
  with recursive up(id, steps) as (
    select parent, 1
    union all
    select r.parent_id, up.steps + 1 from up join access.resource r on r.id = up.id where r.parent_id is not null)
  select r.id, r.kind, r.top_id, r.access_id, r.space_id, (select max(up.steps) from up)
    from access.resource r where r.id = parent and r.trash_id is null;
end $$;

-- Writes the labels of a resource and all below it anew from its parent, and says which resources were below.
-- A resource is an access root exactly when its access_id is its own id.
create function access.relabel(start bigint) returns table (uid uuid) language plpgsql as $$
#variable_conflict use_column
begin
  return query
  with recursive sub(id, uid, own, above, acc, top, space) as (
    select m.id, m.uid, m.access_id = m.id, p.access_id,
           case when m.access_id = m.id then m.id else p.access_id end,
           coalesce(p.top_id, m.id), case when p.id is null then m.space_id else p.space_id end
      from access.resource m left join access.resource p on p.id = m.parent_id where m.id = start
    union all
    select c.id, c.uid, c.access_id = c.id, sub.acc,
           case when c.access_id = c.id then c.id else sub.acc end, sub.top, sub.space
      from sub join access.resource c on c.parent_id = sub.id),
  labelled as (
    update access.resource r set top_id = sub.top, access_id = sub.acc, space_id = sub.space
      from sub where r.id = sub.id
       and (r.top_id, r.access_id, r.space_id) is distinct from (sub.top, sub.acc, sub.space)),
  hung as (
    update access.root o set parent_id = sub.above
      from sub where o.id = sub.id and sub.own and o.parent_id is distinct from sub.above)
  select sub.uid from sub;
end $$;

-- A resource, all below it and, for a space, the private trees shown in it.
create function access.all_below(start bigint) returns table (id bigint) language sql stable as $$
  with recursive sub(id) as (
    select start
    union
    select r.id from access.resource r join access.resource s on s.id = start
     where s.kind = 'space' and r.space_id = s.id and r.parent_id is null
    union
    select c.id from sub join access.resource c on c.parent_id = sub.id)
  select id from sub
$$;
`;
