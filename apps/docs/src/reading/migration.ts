/**
 * Documents that are published to the web. The right to read is a public link like any other, so that "who can see
 * this" tells of it; its secret is kept here because it is the address that everybody may know.
 */
export const publications = `
create table docs.publication (
  document_id bigint primary key references docs.document on delete cascade,
  address text not null unique,
  link_uid uuid not null references access.link (uid) on delete cascade,
  published_by int references access.person on delete set null,
  published_at timestamptz(3) not null default now()
);
`;
