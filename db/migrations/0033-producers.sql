-- Keys of producers come and go in the log itself (docs/decisions/0045-producers.md). Each act waits here until the sequencer
-- has given it its place.
create table record.key_act (
  id       bigint generated always as identity primary key,
  act      text not null check (act in ('admit', 'revoke')),
  producer text collate "C" not null,
  vkey     text collate "C" not null,
  -- A key of this network's own, derived from its secret.
  is_house boolean not null,
  -- Of a revocation: the first event that the key is not to be believed for, and why.
  from_seq bigint,
  why      text,
  asked_by text not null,
  asked_at timestamptz not null default clock_timestamp(),
  -- Where it stands in the log; null while it waits.
  index    bigint unique,
  check ((act = 'revoke') = (from_seq is not null and why is not null)),
  -- A key comes once and goes once.
  unique (vkey, act)
);
create index on record.key_act (id) where index is null;

-- The how many-th key the house seals with.
alter table record.sequencer add column house integer not null default 0;

-- Batches that were sealed elsewhere: where they stand, so that the same one is answered and not taken twice.
create table record.foreign_batch (
  index     bigint primary key,
  producer  text collate "C" not null,
  first     bigint not null,
  count     integer not null,
  signature text not null,
  unique (producer, first)
);

-- Of each event of theirs what it is about. The house's own are found by record.entry.
create table record.foreign_event (
  index   bigint primary key,
  subject text collate "C" not null
);
create index on record.foreign_event (subject, index);

do $$
declare t text;
begin
  foreach t in array array['foreign_batch', 'foreign_event'] loop
    execute format('create trigger %I before update or delete or truncate on record.%I
      for each statement execute function record.refuse_change()', t || '_is_append_only', t);
  end loop;
end $$;
