/** What people were told of a meeting already, so that they are told once. */
export const tellSql = `
alter table meet.occurrence add column begun_said_at timestamptz(3);

alter table meet.listening
  add column transcript_since timestamptz(3),
  -- The transcript was ended here; people are told of it once its last words are written down.
  add column transcript_over_at timestamptz(3);
create index listening_over on meet.listening (meeting_id) where transcript_over_at is not null;

create function meet.turn_transcript() returns trigger language plpgsql as $$
begin
  if new.transcript then
    -- One that goes on before anybody was told of it is the same.
    if new.transcript_over_at is null then new.transcript_since := clock_timestamp(); end if;
    new.transcript_over_at := null;
  else
    new.transcript_over_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger turn_transcript before update on meet.listening for each row
  when (old.transcript is distinct from new.transcript) execute function meet.turn_transcript();
create trigger begin_transcript before insert on meet.listening for each row
  when (new.transcript) execute function meet.turn_transcript();

create index meeting_open on meet.meeting (resource_id) where ended_at is null;
`;
