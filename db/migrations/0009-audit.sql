-- What each check of all invariants found: the nightly one, and those that somebody asked for.
create table kernel.audit (
  id       uuid primary key,
  at       timestamptz not null,
  asked_by text not null,
  clean    boolean not null,
  took_ms  integer not null,
  findings json not null
);
create index on kernel.audit (at);
