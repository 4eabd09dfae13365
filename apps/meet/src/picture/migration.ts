/** Recordings that have a picture besides the voices, and who agreed to be seen. */
export const pictureSql = `
alter table meet.recording add column picture boolean not null default false;
-- Of a track that is the picture with the voices of all: {"voicesMs", "pictureMs", "framesPerSecond", "gaps"}.
alter table meet.recorded_track add column picture jsonb;
-- Whether what they agreed to was also the picture.
alter table meet.consent add column picture boolean not null default false;
`;
