-- Packs: what each one is and how it stood when it was last looked at. Who holds and owns it is in the ledger.
create schema pack;

create table pack.pack (
  code             text collate "C" primary key check (length(code) <= 50),
  model            text not null,
  capacity_wh      integer not null check (capacity_wh > 0),
  soh              real not null check (soh between 0 and 100),
  soc              real not null check (soc between 0 and 100),
  quarantined      boolean not null default false,
  quarantined_why  text,
  recalled         boolean not null default false,
  produced_on      date not null,
  leak_tested_on   date,
  leak_test_passed boolean not null,
  -- 2.14.3 is 2014003
  firmware         integer not null,
  efc              real not null check (efc >= 0),
  mating_cycles    integer not null check (mating_cycles >= 0),
  observed_at      timestamptz not null
) with (fillfactor = 70);

-- Something that stands in a slot or left one under a code that nobody registered. It never leaves a station again by
-- our will; whoever finds out what it is registers it.
create table pack.stranger (
  code     text collate "C" primary key,
  found_at timestamptz not null,
  where_at text not null
);
-- A second-use product has a code of its own; both ends know the other (GB/T 34014-2017, extension structure 2).
create table pack.succession (
  original  text collate "C" primary key,
  successor text collate "C" not null unique,
  at        timestamptz not null
);
