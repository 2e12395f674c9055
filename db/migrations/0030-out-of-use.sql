-- A station that is out of use is promised to nobody (docs/decisions/0036): shut by us, or by its own report.
alter table station.station
  -- We shut it: for an alarm, or because somebody asked for it. Only our own order opens it again.
  add shut_why text check (shut_why in ('alarm', 'ordered')),
  add shut_at timestamptz,
  -- What it says of itself (ChargingStation.AvailabilityState), newest by its own clock.
  add reported_state text check (reported_state in ('unavailable', 'faulted')),
  add reported_at timestamptz,
  add constraint station_shut_since check ((shut_why is null) = (shut_at is null)),
  add out_of_use_why text generated always as (coalesce(shut_why, reported_state)) stored,
  add out_of_use_since timestamptz generated always as (
    case when shut_why is not null then shut_at when reported_state is not null then reported_at end) stored;
