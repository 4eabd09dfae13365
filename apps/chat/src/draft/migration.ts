/** What people have begun to write: one row per person, channel and thread, the latest by the writer's clock. */
export const drafts = `
create table chat.draft (
  person_id int not null,
  channel_id bigint not null,
  -- 0 is the channel itself.
  thread_seq bigint not null default 0,
  body text not null check (char_length(body) <= 20000),
  at timestamptz(3) not null,
  primary key (person_id, channel_id, thread_seq)
) with (fillfactor = 70);
create index draft_channel on chat.draft (channel_id);

create function chat.forget_drafts() returns trigger language plpgsql as $$
begin
  delete from chat.draft where channel_id = old.resource_id;
  return old;
end $$;
create trigger forget_drafts after delete on chat.channel for each row execute function chat.forget_drafts();
`;
