-- What was at fault when a risk was cleared: the pack, or the sensor or cable that had measured it (docs/decisions/0036).
alter table health.watch add cause text check (cause in ('pack', 'sensor', 'cable'));
