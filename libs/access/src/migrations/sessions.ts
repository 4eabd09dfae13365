/** Sessions by the hash of their cookie, and the journal of what was done, to which nothing but adding is possible. */
export const sessions = `
create table access.session (
  hash bytea primary key,
  uid uuid not null unique default uuidv7(),
  person_id int not null references access.person on delete cascade,
  oidc_sid text,
  id_token text,
  refresh_token text,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  seen_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);
create index session_person on access.session (person_id);
create index session_sid on access.session (oidc_sid) where oidc_sid is not null;
create index session_expiry on access.session (expires_at);

-- No foreign keys: the journal outlives the people and things it speaks of.
create table access.audit (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  actor_id int,
  action text not null check (char_length(action) between 1 and 100),
  resource_id bigint,
  detail jsonb not null default '{}'
);
create index audit_resource on access.audit (resource_id, id desc) where resource_id is not null;
create index audit_actor on access.audit (actor_id, id desc) where actor_id is not null;

create function access.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit journal is append-only' using errcode = 'restrict_violation';
end $$;
create trigger audit_append_only before update or delete on access.audit
  for each row execute function access.refuse_audit_change();
create trigger audit_no_truncate before truncate on access.audit
  for each statement execute function access.refuse_audit_change();
`;
