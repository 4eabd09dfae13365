/** A document is a text or a board; whatever was there before is a text. */
export const boardSql = `
alter table docs.document
  add column form text not null default 'text' check (form in ('text', 'board'));
`;
