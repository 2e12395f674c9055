-- Swaps: each one a document with its steps, and the pack moves as rows, so that an orphan can be found by a query.
create schema swap;

create table swap.swap (
  id         uuid primary key,
  station_id text collate "C" not null,
  -- The station gives it (S01) or we do (S02): it is unique neither in time nor between the two.
  request_id bigint,
  id_token   text collate "C" not null,
  state      text not null check (state in (
    'reserved', 'arrived', 'identified', 'authorised', 'positioned', 'locked-out', 'removed', 'stored', 'picked',
    'installed', 'checked', 'settled', 'released',
    'blocked', 'stranded', 'expired', 'cancelled', 'aborted', 'unreturned')),
  vin        text collate "C",
  total_fen  bigint,
  body       json not null,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz,
  ended_at   timestamptz
) with (fillfactor = 60);
-- None on what changes while a swap is under way: it is written three times, and indexed only when it begins and ends.
create index on swap.swap (station_id, id);
create index swap_open on swap.swap (station_id) where ended_at is null;
create index swap_open_token on swap.swap (id_token) where ended_at is null;
create index swap_ended on swap.swap (station_id, request_id) where ended_at is not null;

create table swap.move (
  -- No foreign keys on swaps: checked row by row they took a seventh of a batch; `swap.moves-match-document` looks for strays.
  swap_id   uuid not null,
  direction text not null check (direction in ('in', 'out')),
  code      text collate "C" not null,
  -- A pack can come in, go out and come back within one swap: 1, 2, …
  nth       smallint not null,
  slot_no   integer not null,
  soc       real not null,
  soh       real not null,
  energy_wh integer not null,
  at        timestamptz not null,
  -- Whether custody moved; it does not when the books had the pack there already.
  booked    boolean not null,
  primary key (swap_id, direction, code, nth)
);
create index on swap.move (code, at);

-- Packs that wait for somebody: each for one swap at a time.
create table swap.promise (
  code    text collate "C" primary key,
  swap_id uuid not null
);
create index on swap.promise (swap_id);

-- Numbers for the swaps that we start (S02): far from those that stations count from 1.
create sequence swap.request_id minvalue 1000000000 maxvalue 2000000000 cycle;
