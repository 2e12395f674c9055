-- Every write that anybody asked for: who, when, by which route, about what, and what became of it. Never changed.
create table kernel.trail (
  seq        bigint generated always as identity primary key,
  at         timestamptz not null,
  -- As the books name him: key:<id>, person:<id>, command line.
  caller     text not null,
  -- The organisation he acted for; null for the platform.
  party_id   text collate "C",
  -- POST /v1/stations/:stationId/commands, packloop key create, …
  route      text not null,
  -- The parameters of the address and the ids in the body; never what else a body holds.
  subject    jsonb not null,
  outcome    text not null check (outcome in ('done', 'refused', 'failed')),
  -- Of the problem, when it was not done.
  code       text,
  request_id text
);
create index on kernel.trail (party_id, seq);
create index on kernel.trail (caller, seq);

create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'kernel.trail is append-only';
end $$;
create trigger trail_is_append_only before update or delete or truncate on kernel.trail
  for each statement execute function kernel.refuse_change();
