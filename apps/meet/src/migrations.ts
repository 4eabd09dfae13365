/** Meetings, who is and was in them, and the webhooks that were already heard. */
export const meetings = `
create table meet.meeting (
  resource_id bigint primary key,
  uid uuid not null unique,
  started_at timestamptz(3),
  ended_at timestamptz(3)
);

-- One row per stay. A person in two browsers is two identities of LiveKit.
create table meet.stay (
  meeting_id bigint not null references meet.meeting on delete cascade,
  identity text not null,
  person_id int not null,
  joined_at timestamptz(3) not null,
  left_at timestamptz(3),
  primary key (meeting_id, identity)
);
create index stay_open on meet.stay (meeting_id) where left_at is null;

-- LiveKit repeats a webhook until it is answered; each is acted on once.
create table meet.webhook (
  id text primary key,
  at timestamptz(3) not null default now()
);
create index webhook_at on meet.webhook (at);
`;
