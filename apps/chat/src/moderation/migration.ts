/** What people reported. It keeps what the message said: whoever decides sees what was seen, and of a conversation no more. */
export const moderation = `
create table chat.report (
  id uuid primary key default gen_random_uuid(),
  channel_id bigint not null references chat.channel on delete cascade,
  seq bigint not null,
  reporter_id int not null,
  reason text not null check (reason in ('spam', 'insult', 'confidential', 'illegal', 'other')),
  note text not null,
  body text not null,
  at timestamptz(3) not null default now(),
  state text not null default 'open' check (state in ('open', 'hidden', 'dismissed')),
  decided_by int,
  decided_at timestamptz(3),
  unique (channel_id, seq, reporter_id)
);
create index report_open on chat.report (at) where state = 'open';
`;
