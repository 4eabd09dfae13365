/** Pictures of a few kilobytes, some hundreds of them: beside their names they need no store of files. */
export const emojiMigration = `
create table chat.emoji (
  uid uuid primary key default uuidv7(),
  name text not null unique check (char_length(name) between 2 and 32),
  type text not null check (type in ('image/png', 'image/gif', 'image/webp')),
  picture bytea not null check (octet_length(picture) <= 131072),
  by_id int not null,
  at timestamptz(3) not null default now()
);`;
