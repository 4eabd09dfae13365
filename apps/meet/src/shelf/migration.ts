/** Recordings of meetings of a space lie among its files too: which resource shows which track, and in which folder. */
export const shelfSql = `
alter table meet.recording add column folder_id uuid;
alter table meet.recorded_track
  add column file_id uuid,
  -- When it was decided whether and where it is shown.
  add column shelved_at timestamptz(3);
create index recorded_track_unshelved on meet.recorded_track (recording_id) where shelved_at is null;
create index recorded_track_file on meet.recorded_track (file_id) where file_id is not null;

-- The folder of a space in which its recordings lie.
create table meet.shelf (
  space_id bigint primary key,
  folder_id uuid not null
);

-- What is to be taken from the files, because what it shows is gone.
create table meet.dropped_file (
  id uuid primary key,
  recording_id uuid not null
);
create index dropped_file_of on meet.dropped_file (recording_id);
create function meet.drop_file() returns trigger language plpgsql as $$
begin
  insert into meet.dropped_file (id, recording_id) values (old.file_id, old.recording_id) on conflict do nothing;
  return old;
end $$;
create trigger drop_file after delete on meet.recorded_track for each row
  when (old.file_id is not null) execute function meet.drop_file();
create function meet.drop_folder() returns trigger language plpgsql as $$
begin
  insert into meet.dropped_file (id, recording_id) values (old.folder_id, old.id) on conflict do nothing;
  return old;
end $$;
create trigger drop_folder after delete on meet.recording for each row
  when (old.folder_id is not null) execute function meet.drop_folder();
`;
