/** What a bot is for, in the words of whoever made it; all else of it is in `access`. */
export const botMigration = `
create table directory.bot (
  bot_id int primary key references access.person (subject_id) on delete cascade,
  description text not null default '' check (char_length(description) <= 300)
);`;
