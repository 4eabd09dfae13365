/** A channel that was muted is one of which its person wants to hear nothing: the two were set apart, and are one now. */
export const oneSilence = `
insert into access.level (person_id, resource_id, level)
  select m.person_id, m.channel_id, 'none' from chat.membership m
    join access.person p on p.subject_id = m.person_id join access.resource r on r.id = m.channel_id
   where m.muted
  on conflict (resource_id, person_id) do update set level = excluded.level;
`;
