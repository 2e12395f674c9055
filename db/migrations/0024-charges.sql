-- Which pack a charging was of; what each charge showed of the pack's health, with all that it was estimated from.
alter table station.transaction add column pack_code text collate "C";

create schema if not exists health;

-- One row for each time a pack stopped charging, also where nothing could be said. It is never changed.
create table health.charge (
  station_id     text collate "C" not null,
  transaction_id text collate "C" not null,
  pack_code      text collate "C" not null,
  started_at     timestamptz not null,
  ended_at       timestamptz not null,
  estimated_at   timestamptz not null,
  -- Which formulas with which constants.
  method         text not null,
  -- What it was estimated from: the pack's plate, what was believed before, the samples.
  inputs         jsonb,
  -- 'estimated', or 'abstained' with the reason: then nothing was computed, and the raw messages are all there is.
  standing       text not null check (standing in ('estimated', 'abstained')),
  why            text check ((why is not null) = (standing = 'abstained')),
  -- In percent of the plate, with the bounds of 90 %; of resistance, times that of a new pack.
  soh            double precision check (soh between 0 and 150),
  soh_lower      double precision,
  soh_upper      double precision,
  ohms           double precision,
  ohms_lower     double precision,
  ohms_upper     double precision,
  -- What is believed of the pack from here on.
  known          jsonb,
  primary key (station_id, transaction_id, ended_at),
  check ((standing = 'estimated') = (inputs is not null)),
  check ((standing = 'estimated') = (soh is not null and soh_lower <= soh and soh <= soh_upper and known is not null))
);
create index on health.charge (pack_code, ended_at);
