-- What screens ask for: how warm packs are and whether slots hold them, how the map was, and indexes for lists with filters.
create schema insight;

-- All stations at one instant, as the map shows them: gzip of JSON. Every five minutes, for two days.
create table insight.map_snapshot (
  at       timestamptz primary key,
  stations integer not null,
  body     bytea not null
);

alter table station.slot
  -- BatteryCartridge.Temperature, and null again when the slot is empty.
  add temperature_c  real,
  add temperature_at timestamptz,
  -- Connector.SlotStatus.
  add lock           text check (lock in ('open', 'locked', 'faulted')),
  add lock_at        timestamptz;

-- What a station said last; the message log is else found by its keys alone.
create index message_of_station on ocpp.message (station_id, at);
create index on station.anomaly (station_id, id);
-- Swaps of a driver, by what he shows; swaps that did not end well, which are few among many.
create index on swap.swap (id_token, id);
create index swap_gone_wrong on swap.swap (state, id) where ended_at is not null and state <> 'released';
create index on pack.pack (model, code);
create index pack_shut on pack.pack (code) where quarantined or recalled;
create index on party.vehicle (model_id, vin);
