-- What was at fault when a risk was cleared: the pack, or the sensor or cable that had measured it (docs/decisions/0036).
alter table health.watch add cause text check (cause in ('pack', 'sensor', 'cable'));

-- An alarm that came within a second of a look, and is looked at when that is over; null when none waits.
alter table health.alarm add waiting jsonb;
create index on health.alarm (looked_at) where waiting is not null;
