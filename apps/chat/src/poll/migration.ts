/** Who chose what in a poll. What everybody sees of it is in the message; this table alone knows an anonymous vote. */
export const votes = `
create table chat.vote (
  channel_id bigint not null,
  seq bigint not null,
  option_id text not null,
  person_id int not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (channel_id, seq, option_id, person_id)
);

create function chat.forget_votes() returns trigger language plpgsql as $$
begin
  delete from chat.vote where channel_id = old.resource_id;
  return old;
end $$;
create trigger forget_votes after delete on chat.channel for each row execute function chat.forget_votes();
`;
