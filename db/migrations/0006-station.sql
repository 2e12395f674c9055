-- Stations, their slots, what charges in them, what they report of themselves, and what we ask of them.
create schema station;

create table station.station (
  id               text collate "C" primary key,
  name             text not null,
  operator_id      text collate "C" not null,
  preset_id        text not null,
  latitude         double precision not null,
  longitude        double precision not null,
  time_zone        text not null,
  swap_order       text not null check (swap_order in ('In-Out', 'Out-In')),
  security_profile smallint not null check (security_profile between 1 and 3),
  registered_at    timestamptz not null,
  vendor           text,
  model            text,
  firmware         text,
  last_boot_at     timestamptz,
  online           boolean not null default false,
  last_seen_at     timestamptz
) with (fillfactor = 70);

-- Apart from the station, so that no query for a station ever carries them.
create table station.credential (
  station_id text collate "C" primary key references station.station,
  salt       text not null,
  hash       text not null,
  made_at    timestamptz not null
);

create table station.slot (
  station_id     text collate "C" not null references station.station,
  slot_no        integer not null check (slot_no > 0),
  -- What the slot's own sensors say.
  state          text not null default 'empty' check (state in ('empty', 'occupied', 'unavailable', 'faulted')),
  state_at       timestamptz,
  -- What the swaps say: set by BatteryIn, taken away by BatteryOut, never by a sensor.
  pack_code      text collate "C",
  soc            double precision check (soc between 0 and 100),
  soh            double precision check (soh between 0 and 100),
  power_w        double precision not null default 0,
  measured_at    timestamptz,
  transaction_id text collate "C",
  updated_at     timestamptz not null,
  primary key (station_id, slot_no)
) with (fillfactor = 60);
create index slot_pack on station.slot (pack_code) where pack_code is not null;

-- One charging of one pack in one slot (OCPP 2.1 use case S04).
create table station.transaction (
  station_id     text collate "C" not null,
  id             text collate "C" not null,
  slot_no        integer,
  -- 'cut': no Ended came, but the pack is gone or charges under another transaction.
  state          text not null check (state in ('open', 'ended', 'cut')),
  started_at     timestamptz not null,
  ended_at       timestamptz,
  -- Register of imported energy: lowest and highest seen, and what of their difference the ledger has.
  first_wh       bigint,
  last_wh        bigint,
  booked_wh      bigint not null default 0 check (booked_wh >= 0),
  soc            double precision,
  charging_state text,
  stopped_reason text,
  first_seq_no   bigint not null,
  last_seq_no    bigint not null,
  received       bigint not null,
  missing        int8multirange not null default '{}',
  offline        boolean not null default false,
  -- The station has started anew since: its next Started in this slot closes this one (S04.FR.11).
  rebooted_at    timestamptz,
  updated_at     timestamptz not null,
  primary key (station_id, id),
  check ((state = 'open') = (ended_at is null))
) with (fillfactor = 60);
create index transaction_open on station.transaction (station_id, slot_no) where state = 'open';

-- The device model as last reported. `key` is the names in small letters: OCPP compares them so.
create table station.variable (
  station_id         text collate "C" not null,
  key                text collate "C" not null,
  component          text not null,
  component_instance text,
  slot_no            integer,
  connector_id       integer,
  variable           text not null,
  variable_instance  text,
  attribute          text not null,
  value              text not null,
  at                 timestamptz not null,
  primary key (station_id, key)
) with (fillfactor = 70);

-- Lines for the operator, one for each station and kind in ten minutes however often it happens.
create table station.anomaly (
  id         uuid primary key,
  station_id text collate "C" not null,
  kind       text not null,
  since      timestamptz not null,
  at         timestamptz not null,
  times      bigint not null,
  sentence   text not null,
  facts      jsonb not null,
  unique (station_id, kind, since)
);
create index on station.anomaly (at);

-- What we asked of stations: the queue and the audit trail in one.
create table station.command (
  id          uuid primary key,
  station_id  text collate "C" not null references station.station,
  action      text not null,
  payload     jsonb not null,
  asked_by    text not null,
  state       text not null check (state in ('queued', 'sent', 'answered', 'failed', 'timed-out', 'expired')),
  tries       integer not null default 0,
  most_tries  integer not null,
  timeout_ms  integer not null,
  not_after   timestamptz,
  asked_at    timestamptz not null,
  due_at      timestamptz not null,
  sent_at     timestamptz,
  answered_at timestamptz,
  answer      jsonb,
  error       text
) with (fillfactor = 70);
create index command_waiting on station.command (station_id, id) where state in ('queued', 'sent');
create index on station.command (station_id, asked_at);
