-- Who takes part: organisations, drivers, vehicles, the tokens they show, and the keys that programs use.
create schema party;

create table party.party (
  id   text collate "C" primary key,
  name text not null,
  kind text not null check (kind in ('operator', 'bank', 'maker', 'owner', 'platform'))
);

create table party.driver (
  id      text collate "C" primary key,
  name    text not null,
  payment text not null check (payment in ('prepaid', 'postpaid'))
);

create table party.vehicle (
  vin      text collate "C" primary key,
  model_id text not null,
  plate    text not null,
  -- As its maker last told us: which packs it can work with depends on it.
  firmware text not null
);

create table party.token (
  -- Lower case: OCPP compares idTokens without regard to case.
  id_token  text collate "C" primary key check (id_token = lower(id_token)),
  type      text not null,
  driver_id text collate "C" not null references party.driver,
  vin       text collate "C" not null references party.vehicle,
  status    text not null check (status in ('active', 'blocked', 'expired'))
);
create index on party.token (driver_id);
create index on party.token (vin);

create table party.api_key (
  id         text collate "C" primary key,
  name       text not null,
  digest     text not null unique,
  scopes     text[] not null,
  made_at    timestamptz not null,
  revoked_at timestamptz
);
