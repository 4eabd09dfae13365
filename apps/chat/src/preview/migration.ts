/** Pictures of previewed pages: a message has few, and they leave with what shows them. */
export const previewPictures = `
create table chat.preview_picture (
  uid uuid primary key default gen_random_uuid(),
  channel_id bigint not null,
  seq bigint not null,
  type text not null check (type in ('image/png', 'image/gif', 'image/webp', 'image/jpeg')),
  picture bytea not null check (octet_length(picture) <= 524288)
);
create index preview_picture_message on chat.preview_picture (channel_id, seq);

create function chat.forget_preview_pictures() returns trigger language plpgsql as $$
begin
  delete from chat.preview_picture p where p.channel_id = old.channel_id and p.seq = old.seq
    and (tg_op = 'DELETE' or not exists (
      select from jsonb_array_elements(coalesce(new.content -> 'previews', '[]')) shown
       where shown ->> 'image' like '%' || p.uid::text));
  return null;
end $$;
create trigger preview_gone after delete on chat.message
  for each row when (old.content ? 'previews') execute function chat.forget_preview_pictures();
create trigger preview_changed after update of content on chat.message
  for each row when (old.content ? 'previews' and old.content -> 'previews' is distinct from new.content -> 'previews')
  execute function chat.forget_preview_pictures();
`;
