/**
 * What is found in messages: their words, without their text, in a partition per month. A search begins with the newest
 * month and stops when it has a page. An entry carries no label of access: a channel is always the root of its own rights,
 * so a search names the channels that the person may see in that moment, and nothing here can be out of date.
 */
const tables = `
create table chat.search_entry (
  channel_id bigint not null,
  seq bigint not null,
  at timestamptz(3) not null,
  -- Stems of the text, and marks that no word can be: '@12' its sender, '+file' what it carries, '+' every message.
  words tsvector not null,
  primary key (channel_id, seq, at)
) partition by range (at);
create index search_entry_words on chat.search_entry using gin (words) with (fastupdate = off);

-- The months that have a partition.
create table chat.search_month (starts timestamptz primary key);

-- Up to here each channel's log is in the entries.
create table chat.search_state (
  channel_id bigint primary key,
  seq bigint not null
) with (fillfactor = 50);

-- The service's role owns no table, so it cannot make one.
create function chat.search_months(ats timestamptz[]) returns void
language plpgsql security definer set search_path = chat, pg_temp as $$
declare
  month timestamptz;
  name text;
begin
  for month in
    select distinct date_trunc('month', a at time zone 'UTC') at time zone 'UTC' from unnest(ats) a
    except select starts from chat.search_month
  loop
    perform pg_advisory_xact_lock(7271002);
    continue when exists (select from chat.search_month where starts = month);
    name := 'search_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    -- Attached rather than made as a part: that would wait for everybody who searches.
    execute format('create table chat.%I (like chat.search_entry including defaults including constraints) with (fillfactor = 90)', name);
    execute format('alter table chat.search_entry attach partition chat.%I for values from (%L) to (%L)', name, month,
      (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
    insert into chat.search_month values (month);
  end loop;
end $$;

-- What is deleted or hidden is not found from the same moment on, whoever does it.
create function chat.search_forget() returns trigger language plpgsql as $$
begin
  delete from chat.search_entry e where e.channel_id = old.channel_id and e.seq = old.seq and e.at = old.at;
  return null;
end $$;
create trigger search_forget_hidden after update of deleted_at, hidden_at on chat.message for each row
  when ((new.deleted_at is not null or new.hidden_at is not null)
    and (old.deleted_at is distinct from new.deleted_at or old.hidden_at is distinct from new.hidden_at))
  execute function chat.search_forget();
create trigger search_forget after delete on chat.message for each row execute function chat.search_forget();
create function chat.search_forget_channel() returns trigger language plpgsql as $$
begin
  delete from chat.search_state where channel_id = old.resource_id;
  return old;
end $$;
create trigger search_forget_channel after delete on chat.channel
  for each row execute function chat.search_forget_channel();
`;

const writing = `
-- Writes entries, each as it is now; marks are separated by spaces. Twice is once.
create function chat.search_put(channels bigint[], seqs bigint[], ats timestamptz[], marks text[], french text[],
  english text[], arabic text[]) returns void language plpgsql as $$
begin
  perform chat.search_months(ats);
  insert into chat.search_entry as old (channel_id, seq, at, words)
  select g.channel_id, g.seq, g.at, array_to_tsvector(string_to_array(g.marks, ' '))
         || to_tsvector('french', g.french) || to_tsvector('english', g.english) || to_tsvector('arabic', g.arabic)
    from unnest(channels, seqs, ats, marks, french, english, arabic)
      as g(channel_id, seq, at, marks, french, english, arabic)
  on conflict (channel_id, seq, at) do update set words = excluded.words where old.words <> excluded.words;
end $$;
`;

/**
 * A word as one asks for it, in any of the three languages; null for one that a language leaves out. Words come folded (no
 * accents, lower case, letters and digits only).
 */
const asking = `
create function chat.search_word(word text, half boolean) returns tsquery language plpgsql stable as $$
declare
  french tsquery := plainto_tsquery('french', word);
  english tsquery := plainto_tsquery('english', word);
  arabic tsquery := plainto_tsquery('arabic', word);
begin
  if half then
    return french || english || arabic || to_tsquery('simple', word || ':*');
  end if;
  if numnode(french) = 0 or numnode(english) = 0 or numnode(arabic) = 0 then
    return null;
  end if;
  return french || english || arabic;
end $$;

create function chat.search_phrase(words text) returns tsquery language sql stable as $$
  select nullif(phraseto_tsquery('french', words) || phraseto_tsquery('english', words)
    || phraseto_tsquery('arabic', words), ''::tsquery)
$$;

create function chat.search_all(parts tsquery[]) returns tsquery language plpgsql immutable as $$
declare
  whole tsquery;
  part tsquery;
begin
  foreach part in array parts loop
    whole := case when whole is null then part else whole && part end;
  end loop;
  return whole;
end $$;
`;

/**
 * Finds a page, newest first. \`afters\` says, channel by channel, after which position to look (0 for all). Somebody whose
 * channels hold little (\`narrow\`) is answered from those channels. For everybody else the months are looked through, newest first: one month, then
 * three times as many while the words are rare, so that no look reads more than some thousand rows. Where the rows are
 * counted or chosen by an index is left to no guess: a plan made once must serve every question.
 */
const finding = `
create function chat.search_find(q tsquery, channels bigint[], afters bigint[], narrow boolean, since timestamptz,
  until timestamptz, below_at timestamptz, below_channel bigint, below_seq bigint, n int)
returns table (channel_id bigint, seq bigint, at timestamptz, counted int, complete boolean)
language plpgsql stable set plan_cache_mode = force_generic_plan
set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  floor timestamptz := greatest(since, (select min(starts) from chat.search_month));
  upper timestamptz := least(until, below_at + interval '1 millisecond',
    (select max(starts) + interval '32 days' from chat.search_month));
  lower timestamptz;
  months int := 1;
  months_seen int := 0;
  hits int := 0;
  got int := 0;
  touched bigint := 0;
  in_window bigint;
  hits_window int;
  found_channels bigint[];
  found_seqs bigint[];
  found_ats timestamptz[];
  all_channels bigint[] := '{}';
  all_seqs bigint[] := '{}';
  all_ats timestamptz[] := '{}';
begin
  if narrow then
    return query
    with hit as materialized (
      select e.channel_id, e.seq, e.at
        from unnest(channels, afters) c(id, after_seq)
       cross join lateral (
         select * from chat.search_entry e
          where e.channel_id = c.id and e.seq > c.after_seq and e.at >= floor and e.at < upper offset 0) e
       where e.words @@ q and (e.at, e.channel_id, e.seq) < (below_at, below_channel, below_seq))
    select h.channel_id, h.seq, h.at, (select count(*)::int from hit), true
      from hit h order by h.at desc, h.channel_id desc, h.seq desc limit n;
    return;
  end if;
  while upper > floor and got < n loop
    select min(m.starts) into lower from (
      select starts from chat.search_month where starts < upper order by starts desc limit months) m;
    lower := greatest(lower, floor);
    with matched as materialized (
      select e.channel_id, e.seq, e.at from chat.search_entry e
       where e.words @@ q and e.at >= lower and e.at < upper),
    hit as materialized (
      select m.channel_id, m.seq, m.at
        from matched m join (select id, max(after_seq) as after_seq from unnest(channels, afters) u(id, after_seq) group by id) c
          on c.id = m.channel_id and m.seq > c.after_seq
       where (m.at, m.channel_id, m.seq) < (below_at, below_channel, below_seq)),
    page as (
      select h.channel_id, h.seq, h.at from hit h order by h.at desc, h.channel_id desc, h.seq desc limit n - got)
    select (select count(*) from matched), (select count(*)::int from hit),
           array_agg(p.channel_id), array_agg(p.seq), array_agg(p.at)
      into in_window, hits_window, found_channels, found_seqs, found_ats from page p;
    all_channels := all_channels || coalesce(found_channels, '{}');
    all_seqs := all_seqs || coalesce(found_seqs, '{}');
    all_ats := all_ats || coalesce(found_ats, '{}');
    got := cardinality(all_seqs);
    hits := hits + hits_window;
    touched := touched + in_window;
    months_seen := months_seen + months;
    upper := lower;
    months := greatest(1, least(3 * months, (6000 * months_seen / (touched + 1))::int));
  end loop;
  return query select f.c, f.s, f.a, hits, upper <= floor
    from unnest(all_channels, all_seqs, all_ats) f(c, s, a) order by f.a desc, f.c desc, f.s desc;
end $$;
`;

export const searchSql = tables + writing + asking + finding;
