-- When somebody last did something here, to the minute.
create table party.last_seen (
  person_id text primary key references account."user" (id) on delete cascade,
  at        timestamptz not null
);

-- Numbers as they were told: a float4 that is read as a float8 has digits that nobody said.
alter table pack.pack alter soh type double precision using soh::text::double precision,
  alter soc type double precision using soc::text::double precision,
  alter efc type double precision using efc::text::double precision;
alter table swap.move alter soh type double precision using soh::text::double precision,
  alter soc type double precision using soc::text::double precision;
alter table station.slot alter temperature_c type double precision using temperature_c::text::double precision;
update station.slot set soh = soh::real::text::double precision where soh <> soh::real::text::double precision;
update station.slot set soc = soc::real::text::double precision where soc <> soc::real::text::double precision;
