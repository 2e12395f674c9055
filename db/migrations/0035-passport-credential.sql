-- Credentials of health that were issued, and those that are no longer true: their status list (IETF Token Status List).
create table passport.credential (
  -- Its bit in the list. Drawn, so that it does not tell how many there are or which came after which.
  place      integer primary key check (place >= 0),
  code       text collate "C" not null,
  -- Percent that its state of health is promised to have at least.
  promised   integer not null check (promised between 50 and 95),
  issued_at  timestamptz not null,
  until      timestamptz not null check (until > issued_at),
  revoked_at timestamptz,
  why        text check (why in ('below', 'retired', 'asked')),
  check ((revoked_at is null) = (why is null))
);
create index on passport.credential (code) where revoked_at is null;
