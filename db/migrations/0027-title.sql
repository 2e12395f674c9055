-- Who agreed to what about a pack (docs/decisions/0044): shares themselves are in the ledger, unit title; here stands what was signed.

-- With which keys an organisation signs. A key speaks for one organisation only, for ever.
create table pack.title_key (
  key      text collate "C" primary key check (length(key) <= 300),
  party_id text collate "C" not null,
  since    timestamptz not null,
  ended_at timestamptz
);
create index on pack.title_key (party_id);

-- Every statement that was accepted, as it was signed. Never changed; `no` is its place among those of its pack.
create table pack.title_act (
  id        text collate "C" primary key,
  pack_code text collate "C" not null,
  no        integer not null check (no >= 0),
  type      text collate "C" not null,
  note      text not null,
  at        timestamptz not null,
  unique (pack_code, no)
);

-- What is pledged of an owner's share. A lien follows its pack to the code of its second use.
create table pack.lien (
  pack_code  text collate "C" not null,
  id         text collate "C" not null,
  owner      text collate "C" not null,
  holder     text collate "C" not null,
  millionths integer not null check (millionths between 0 and 1000000),
  purpose    text not null,
  since      timestamptz not null,
  -- When its holder gave up the last of it.
  ended_at   timestamptz,
  primary key (pack_code, id),
  check ((millionths = 0) = (ended_at is not null))
);

create table pack.lease (
  pack_code text collate "C" primary key,
  lessee    text collate "C" not null,
  since     timestamptz not null
);

-- A question to the owners. Who has how many votes is settled when it is asked.
create table pack.vote (
  pack_code text collate "C" not null,
  id        text collate "C" not null,
  question  text not null,
  asked_by  text collate "C" not null,
  asked_at  timestamptz not null,
  closes_at timestamptz not null,
  shares    json not null,
  primary key (pack_code, id)
);
create table pack.ballot (
  pack_code text collate "C" not null,
  vote_id   text collate "C" not null,
  party_id  text collate "C" not null,
  choice    text not null check (choice in ('yes', 'no')),
  at        timestamptz not null,
  primary key (pack_code, vote_id, party_id),
  foreign key (pack_code, vote_id) references pack.vote
);
