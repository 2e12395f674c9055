-- What each pack is good for, with all that it was decided from; and the residual capacity tests that settle it.
create schema if not exists health;

-- A policy as it was when a grade was decided by it. Another content has another version.
create table health.grade_policy (
  version text collate "C" primary key,
  body    jsonb not null
);

create table health.grade (
  pack       text collate "C" not null,
  -- Its first, second, ... grade.
  nth        integer not null check (nth > 0),
  at         timestamptz not null,
  grade      text not null check (grade in ('vehicle', 'storage', 'test-required', 'quarantine', 'recycle')),
  -- Percent: the limit across which the interval of one that needs a test lies.
  straddled  double precision,
  policy     text collate "C" not null references health.grade_policy (version),
  -- What it was decided from: the evidence, and the grade it had.
  evidence   jsonb not null,
  before     jsonb,
  reasons    jsonb not null,
  -- The newest evidence that left it so.
  seen       jsonb not null,
  seen_at    timestamptz,
  -- The newest capacity test it stands on.
  tested_at  timestamptz,
  -- The words under which this grade put the pack in quarantine; null when it is handed out, or was kept back before.
  keeps_back text,
  primary key (pack, nth)
);

create table health.capacity_test (
  id         uuid primary key,
  pack       text collate "C" not null,
  state      text not null check (state in ('under-way', 'done', 'failed', 'aborted')),
  started_at timestamptz not null,
  ended_at   timestamptz,
  rated_wh   integer not null check (rated_wh > 0),
  chemistry  text not null,
  -- What was measured, step by step, each with its instant.
  steps      jsonb not null,
  why        text,
  keeps_back text,
  check ((state = 'under-way') = (ended_at is null))
);
create index on health.capacity_test (pack, started_at desc);
create unique index capacity_test_one_at_a_time on health.capacity_test (pack) where state = 'under-way';
