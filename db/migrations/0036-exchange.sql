-- Reports to public platforms, licences of organisations, packs that nobody finds: docs/decisions/0046-regulator-gateway.md.
create schema exchange;

create table exchange.platform (
  id            text collate "C" primary key,
  connected_at  timestamptz not null,
  -- How far the record was read for it, and the numbers below that may still come.
  through       bigint not null default 0,
  holes         json not null default '[]',
  -- Since it last answered as it should.
  failures      integer not null default 0 check (failures >= 0),
  next_try_at   timestamptz not null,
  last_error    text,
  last_answer_at timestamptz
);

create table exchange.report (
  id           uuid primary key,
  -- The order in which they were made: that of the record.
  no           bigint generated always as identity unique,
  platform     text collate "C" not null references exchange.platform,
  -- `entry/123` of the record, or `soh/ST-1/2026-11-22`: no fact is reported twice to one platform.
  fact         text collate "C" not null,
  kind         text not null,
  subject      text collate "C" not null,
  station_id   text collate "C",
  operator_id  text collate "C",
  region       text,
  happened_at  timestamptz not null,
  made_at      timestamptz not null,
  due_at       timestamptz not null,
  -- What is signed, byte for byte.
  message      text not null,
  revision     integer not null default 1 check (revision > 0),
  state        text not null default 'waiting' check (state in ('waiting', 'received', 'rejected', 'withdrawn')),
  tries        integer not null default 0,
  next_at      timestamptz not null,
  -- Somebody is sending it until then.
  leased_until timestamptz,
  last_error   text,
  -- The platform's signed note, whole.
  receipt      text,
  received_at  timestamptz,
  -- Why the platform rejected it.
  field        text,
  reason       text,
  -- Who withdrew it, and why.
  decided_by   text,
  decided_why  text,
  late_told_at timestamptz,
  unique (platform, fact),
  check ((state = 'received') = (receipt is not null and received_at is not null)),
  check (state <> 'rejected' or reason is not null),
  check ((state = 'withdrawn') = (decided_why is not null))
) with (fillfactor = 70);
create index report_waiting on exchange.report (platform, subject, no) where state = 'waiting';
create index report_due on exchange.report (due_at) where state in ('waiting', 'rejected');
create index on exchange.report (subject, no);

-- What a rejected report said before somebody corrected it.
create table exchange.revision (
  report_id uuid not null references exchange.report,
  revision  integer not null,
  message   text not null,
  field     text,
  reason    text not null,
  by        text not null,
  why       text not null,
  at        timestamptz not null,
  primary key (report_id, revision)
);

create table exchange.licence (
  id         uuid primary key,
  party_id   text collate "C" not null,
  scope      text not null check (scope in ('recycling', 'second-use', 'repair')),
  number     text not null,
  issued_by  text not null,
  from_at    timestamptz not null,
  until_at   timestamptz not null check (until_at > from_at),
  entered_by text not null,
  entered_at timestamptz not null,
  revoked_at timestamptz,
  revoked_why text,
  check ((revoked_at is null) = (revoked_why is null))
);
create index on exchange.licence (party_id, scope);

create table exchange.missing (
  id        uuid primary key,
  pack_code text collate "C" not null,
  -- `unseen`, `slot-empty`, `elsewhere`, or `reported` by somebody.
  why       text not null,
  -- Who has it by the books, and where it was seen instead.
  holder    text,
  place     text,
  station_id text collate "C",
  last_seen_at timestamptz,
  since     timestamptz not null,
  -- Somebody said that it is lost.
  lost_at   timestamptz,
  lost_by   text,
  -- Lost, and seen again.
  seen_at   timestamptz,
  seen_place text,
  ended_at  timestamptz,
  ended_why text,
  check (seen_at is null or lost_at is not null),
  check ((ended_at is null) = (ended_why is null))
);
create unique index on exchange.missing (pack_code) where ended_at is null;

-- When something was last looked for that is not looked for at every tick.
create table exchange.looked (
  what text primary key,
  at   timestamptz not null
);
