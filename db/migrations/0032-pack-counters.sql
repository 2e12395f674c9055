-- What a pack's own electronics have counted, as a station read it last.
create table pack.counters (
  code       text collate "C" primary key references pack.pack,
  station_id text not null,
  at         timestamptz not null,
  counters   jsonb not null
);
