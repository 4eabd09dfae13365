export const edits = `
-- Whether what is deleted in a channel must be kept for the law: a hold that somebody placed.
create function chat.is_held(channel bigint) returns boolean language sql stable as $$ select false $$;
alter table chat.revision add column content jsonb;

-- Takes a message back: what it said, whom it named and what was said about it. Under a hold its last words are kept,
-- where only who may look at what is held finds them.
create function chat.remove_message(channel bigint, of_seq bigint) returns void language plpgsql as $$
begin
  if chat.is_held(channel) then
    insert into chat.revision (channel_id, seq, nr, body, content)
    select m.channel_id, m.seq, (select coalesce(max(r.nr), 0) + 1 from chat.revision r where r.channel_id = channel and r.seq = of_seq),
        m.body, m.content
      from chat.message m where m.channel_id = channel and m.seq = of_seq;
  else
    delete from chat.revision where channel_id = channel and seq = of_seq;
  end if;
  delete from chat.reaction where channel_id = channel and seq = of_seq;
  delete from chat.mention where channel_id = channel and seq = of_seq;
  update chat.message m set body = '', content = null, deleted_at = clock_timestamp(), pinned_at = null, pinned_by = null
   where m.channel_id = channel and m.seq = of_seq;
end $$;
`;
