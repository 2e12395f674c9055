-- How the shares of a pack may move, what of them is offered to the other owners first, and what a carried vote orders
-- (docs/decisions/0052).

-- What binds a pack now; nothing does where there is no row. Always said as a whole.
create table pack.restriction (
  pack_code text collate "C" primary key,
  body      json not null,
  since     timestamptz not null
);

create table pack.offer (
  pack_code  text collate "C" not null,
  id         text collate "C" not null,
  seller     text collate "C" not null,
  buyer      text collate "C" not null,
  millionths integer not null check (millionths between 1 and 1000000),
  fen        bigint not null check (fen >= 0),
  since      timestamptz not null,
  closes_at  timestamptz not null,
  lapses_at  timestamptz not null,
  -- Of the other owners when it was made, and what they took of it: millionths by party.
  shares     json not null,
  takes      json not null default '{}',
  ended_at   timestamptz,
  primary key (pack_code, id)
);

alter table pack.vote
  add column proposal json,
  add column three_quarters boolean not null default false,
  add column enacted_at timestamptz;

-- Of the service fee of its swaps so many hundredths go to the owners of a pack; null: as many as usual (src/pricing/shares.ts).
alter table pack.pack add column owners_percent smallint check (owners_percent between 0 and 100);
