/**
 * The last word of one language and the first of the next stand far apart: before, they were found as words in a row.
 * What was written before is put right when it changes.
 */
export const wordsInARow = `
create or replace function chat.search_put(channels bigint[], seqs bigint[], ats timestamptz[], marks text[], french text[],
  english text[], arabic text[]) returns void language plpgsql as $$
begin
  perform chat.search_months(ats);
  insert into chat.search_entry as old (channel_id, seq, at, words)
  select g.channel_id, g.seq, g.at, array_to_tsvector(string_to_array(g.marks, ' '))
         || to_tsvector('french', g.french) || '''+'':99'::tsvector || to_tsvector('english', g.english)
         || '''+'':99'::tsvector || to_tsvector('arabic', g.arabic)
    from unnest(channels, seqs, ats, marks, french, english, arabic)
      as g(channel_id, seq, at, marks, french, english, arabic)
  on conflict (channel_id, seq, at) do update set words = excluded.words where old.words <> excluded.words;
end $$;
`;
