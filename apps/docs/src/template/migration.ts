/** What new documents may begin with. The text is kept as it was when the template was saved. */
export const templateSql = `
create table docs.template (
  uid uuid primary key default uuidv7(),
  scope text not null check (scope in ('site', 'space', 'own')),
  space_id bigint references access.resource on delete cascade,
  owner_id int references access.person on delete set null,
  title text not null,
  description text not null,
  content bytea not null,
  -- The first lines, for the preview: [{kind, level, text}].
  lines jsonb not null,
  created_at timestamptz(3) not null default now(),
  check ((scope = 'space') = (space_id is not null))
);
alter table docs.template alter column content set storage external;
create index template_space on docs.template (space_id) where space_id is not null;
create index template_owner on docs.template (owner_id);
`;
