-- Early warning (docs/decisions/0032) in the network: what is known of each pack, and the sessions it is known from.

-- What is to be looked at: a charge when its pack has rested half an hour, and the whole rest when the pack has left.
create table health.resting (
  kind           text not null check (kind in ('charge', 'rest')),
  station_id     text collate "C" not null,
  transaction_id text collate "C" not null,
  slot_no        integer not null,
  pack_code      text collate "C" not null,
  started_at     timestamptz not null,
  ended_at       timestamptz not null,
  due_at         timestamptz not null,
  primary key (station_id, transaction_id, ended_at, kind)
);
create index on health.resting (due_at);
create index on health.resting (pack_code);

-- When the samples of a charge that may be running away were looked at last: whatever a station sends, once a second.
create table health.alarm (
  station_id     text collate "C" not null,
  transaction_id text collate "C" not null,
  looked_at      timestamptz not null,
  primary key (station_id, transaction_id)
);

-- One charge and the half hour after it, or one long rest, as the detectors see it. Never changed: a risk is found again from these.
create table health.session (
  pack_code      text collate "C" not null,
  ended_at       timestamptz not null,
  station_id     text collate "C" not null,
  transaction_id text collate "C" not null,
  session        jsonb not null,
  -- Why it could not be used, in words; null when it was.
  refused        text,
  primary key (pack_code, ended_at)
);

create table health.watch (
  pack_code   text collate "C" primary key,
  -- What the detectors know, from which sessions on: a technician who clears a pack has it learnt anew.
  watch       json not null,
  learns_from timestamptz,
  sessions    integer not null,
  -- End of the last session; null before the first.
  at          timestamptz,
  -- Which limits judged last.
  thresholds  text not null,
  -- What stands against the pack until somebody has looked at it: the gravest since then, with its reasons and since when.
  level       text not null check (level in ('calm', 'inspect', 'stop')),
  reasons     jsonb not null,
  since       timestamptz not null,
  -- The words under which this risk put the pack in quarantine; null when it did not.
  keeps_back  text,
  -- Percent points of charge between its weakest and its strongest cell at the last rest that told it.
  consistency double precision,
  -- How somebody found it when it was cleared last.
  cleared_at  timestamptz,
  finding     text,
  check (level <> 'calm' or keeps_back is null)
);
create index on health.watch (level) where level <> 'calm';
