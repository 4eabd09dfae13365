/** What ends by the clock is looked for each moment: by index, and only among what ends at all. */
export const ends = `
create index grant_expiry on access.grant_ (expires_at) where expires_at is not null;
create index person_end on access.person (ends_at) where ends_at is not null;
`;
