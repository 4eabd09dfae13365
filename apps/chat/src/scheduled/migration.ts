/** Messages that wait for their time. The row goes when the message is in the log. */
export const scheduled = `
create table chat.scheduled (
  uid uuid primary key default uuidv7(),
  person_id int not null,
  channel_id bigint not null,
  client_id uuid not null,
  body text not null check (char_length(body) <= 20000),
  extras jsonb not null default '{}',
  send_at timestamptz(3) not null,
  -- The code of the refusal, when its time came and it was not sent.
  failed text,
  created_at timestamptz(3) not null default now(),
  unique (person_id, client_id)
);
create index scheduled_of on chat.scheduled (person_id, send_at);
create index scheduled_channel on chat.scheduled (channel_id);

create function chat.forget_scheduled() returns trigger language plpgsql as $$
begin
  delete from chat.scheduled where channel_id = old.resource_id;
  return old;
end $$;
create trigger forget_scheduled after delete on chat.channel for each row execute function chat.forget_scheduled();
`;
