-- Whose right to connect has changed since it first had one: connections made by the old one end. A trigger, so that it
-- holds whoever changes it. By transaction and not by time: a look at what is new misses nothing that commits late.
create table station.admission_change (
  station_id text collate "C" primary key,
  changed    xid8 not null
);
create index on station.admission_change (changed);

create function station.note_admission_change() returns trigger language plpgsql as $$
begin
  insert into station.admission_change values (to_jsonb(old) ->> tg_argv[0], pg_current_xact_id())
    on conflict (station_id) do update set changed = excluded.changed;
  return null;
end $$;

create trigger admission_changed after update or delete on station.credential
  for each row execute function station.note_admission_change('station_id');
create trigger admission_changed after delete or update of security_profile on station.station
  for each row execute function station.note_admission_change('id');
