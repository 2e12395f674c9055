-- The raw log of every message that changed something, which is also how a resent one is recognised.
create schema ocpp;

create table ocpp.message (
  station_id text collate "C" not null,
  message_id text collate "C" not null,
  -- Of the whole frame: a station that counts its message ids from 1 again after a reboot sends other content.
  digest     uuid not null,
  direction  text not null check (direction in ('in', 'out')),
  action     text not null,
  at         timestamptz not null,
  raw        text not null,
  answer     text not null,
  primary key (station_id, message_id, digest)
);
create index message_at on ocpp.message using brin (at);
