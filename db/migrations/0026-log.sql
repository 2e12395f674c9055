-- The transparency log beside record.entry: what docs/decisions/0041-the-store-of-the-log.md says. Nothing here is ever changed
-- but the one row of the sequencer, and what erases a person.

-- A number is drawn only by a transaction that PostgreSQL counts already (its id is given here, before the first number):
-- so once everything older than the moment at which a missing number was first noticed has ended, that number never comes.
create function record.count_me() returns trigger language plpgsql as $$
begin
  perform pg_current_xact_id();
  return null;
end $$;
create trigger entry_is_counted before insert on record.entry
  for each statement execute function record.count_me();

create or replace function record.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'record.% is append-only: append what corrects it', tg_table_name;
end $$;

-- Personal fields of an entry: their digest here, for ever; what it is the digest of in record.sealed, until it is erased.
alter table record.entry add column personal text;

create table record.person_key (
  id     bigint generated always as identity primary key,
  person text collate "C" not null unique,
  -- Wrapped with a key from the network's secret, which is not in the database.
  key    bytea not null
);

create table record.sealed (
  seq       bigint generated always as identity primary key,
  person_id bigint not null references record.person_key,
  digest    text not null,
  sealed    bytea not null
);
create index on record.sealed (person_id);
create index on record.sealed (digest);

-- The one who writes the log holds this row.
create table record.sequencer (
  only_one    boolean primary key default true check (only_one),
  origin      text not null,
  -- What only the right secret makes of the origin.
  secret_mark text not null,
  -- How far record.entry was read, and the numbers below that may still come.
  through     bigint not null default 0,
  holes       json not null default '[]',
  size        bigint not null default 0,
  events      bigint not null default 0,
  -- record.head is at least as new as after so many entries.
  heads_through bigint not null default 0,
  holder      uuid,
  held_at     timestamptz not null default clock_timestamp()
);

-- How many events each producer has sealed.
create table record.producer (
  name   text collate "C" primary key,
  sealed bigint not null
);

-- Where entries stand in the log: `count` of them from `seq` on, without gaps, at `index` and following.
create table record.stretch (
  index bigint primary key,
  seq   bigint not null unique,
  count integer not null
);

-- Tiles and bundles as they grew: the bytes from hash (or entry) `start` on. Level -1 is for bundles of entries.
create table record.piece (
  level smallint not null,
  tile  bigint not null,
  start smallint not null,
  count smallint not null,
  bytes bytea not null,
  primary key (level, tile, start)
);
alter table record.piece alter bytes set storage external;

-- The newest event of each subject, written now and then, so that a start does not read the whole log.
create table record.head (
  -- SHA-256 of the subject: the order of the map.
  key     bytea primary key,
  subject text not null,
  count   bigint not null,
  head    bytea not null,
  index   bigint not null
);

create table record.checkpoint (
  size bigint primary key,
  note text not null,
  at   timestamptz not null default clock_timestamp()
);

create table record.cosignature (
  size    bigint not null references record.checkpoint,
  witness text not null,
  line    text not null,
  primary key (size, witness)
);

do $$
declare t text;
begin
  foreach t in array array['stretch', 'piece', 'checkpoint', 'cosignature'] loop
    execute format('create trigger %I before update or delete or truncate on record.%I
      for each statement execute function record.refuse_change()', t || '_is_append_only', t);
  end loop;
end $$;
