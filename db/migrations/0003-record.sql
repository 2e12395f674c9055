-- What happened to a pack, in order, for ever: one append-only entry each. Later the same door leads to a witnessed log.
create schema record;

create table record.entry (
  seq     bigint generated always as identity primary key,
  at      timestamptz not null,
  -- What it happened to: `pack:<code>`, `swap:<id>`, `station:<id>`.
  subject text collate "C" not null,
  type    text not null,
  body    json not null
);
create index on record.entry (subject, seq);

create function record.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'record.entry is append-only: append what corrects it';
end $$;
create trigger entry_is_append_only before update or delete or truncate on record.entry
  for each statement execute function record.refuse_change();
