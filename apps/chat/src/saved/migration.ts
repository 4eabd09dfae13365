/** Messages that people want to come back to: theirs alone. */
export const saved = `
create table chat.saved (
  person_id int not null,
  channel_id bigint not null,
  seq bigint not null,
  at timestamptz(3) not null default now(),
  remind_at timestamptz(3),
  -- The person was told.
  reminded_at timestamptz(3),
  done_at timestamptz(3),
  primary key (person_id, channel_id, seq)
);
create index saved_newest on chat.saved (person_id, at desc);
create index saved_channel on chat.saved (channel_id);

create function chat.forget_saved() returns trigger language plpgsql as $$
begin
  delete from chat.saved where channel_id = old.resource_id;
  return old;
end $$;
create trigger forget_saved after delete on chat.channel for each row execute function chat.forget_saved();
`;
