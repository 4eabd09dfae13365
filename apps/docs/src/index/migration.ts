/**
 * What is found in the text of documents, made anew from the log by a durable job after each rest in the writing. All
 * of it can be thrown away: what is behind `docs.document.last_seq` is read again.
 */
export const indexSql = `
create table docs.text (
  document_id bigint primary key references docs.document on delete cascade,
  -- The log up to here, and the title, that this row knows.
  seq bigint not null,
  title text not null,
  at timestamptz(3) not null default clock_timestamp(),
  -- A line per block that has text, and the id of the block of each line.
  lines text[] not null,
  blocks text[] not null,
  words tsvector not null
) with (fillfactor = 90);
create index text_words on docs.text using gin (words) with (fastupdate = off);

create table docs.link (
  document_id bigint not null references docs.document on delete cascade,
  block_id text not null,
  kind text not null,
  ref uuid not null,
  context text not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (document_id, block_id, ref)
);
create index link_ref on docs.link (ref);

create table docs.mention (
  document_id bigint not null references docs.document on delete cascade,
  block_id text not null,
  person uuid not null,
  context text not null,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (document_id, block_id, person)
);
create index mention_person on docs.mention (person, at desc);

create table docs.task (
  document_id bigint not null references docs.document on delete cascade,
  block_id text not null,
  position int not null,
  text text not null,
  checked boolean not null,
  assignee uuid,
  due date,
  changed_at timestamptz(3) not null default clock_timestamp(),
  primary key (document_id, block_id)
);
create index task_assignee on docs.task (assignee, checked, due) where assignee is not null;

-- What a search asks for: every word, in any of the three languages; the last one may be half written. Words come
-- folded (no accents, lower case, letters and digits only). A word that one language leaves out is left out.
create function docs.asked(words text[]) returns tsquery language plpgsql stable as $$
declare
  asked tsquery;
  one tsquery;
  word text;
  last int := coalesce(array_length(words, 1), 0);
begin
  for i in 1 .. last loop
    word := words[i];
    if i = last then
      one := plainto_tsquery('french', word) || plainto_tsquery('english', word) || plainto_tsquery('arabic', word)
        || to_tsquery('simple', word || ':*') || to_tsquery('french', word || ':*') || to_tsquery('english', word || ':*');
    elsif numnode(plainto_tsquery('french', word)) = 0 or numnode(plainto_tsquery('english', word)) = 0
       or numnode(plainto_tsquery('arabic', word)) = 0 then
      continue;
    else
      one := plainto_tsquery('french', word) || plainto_tsquery('english', word) || plainto_tsquery('arabic', word);
    end if;
    asked := case when asked is null then one else asked && one end;
  end loop;
  return asked;
end $$;
`;
