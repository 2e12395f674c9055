-- Erasing a person: what may then be changed in tables that are else append-only, and how what is said of somebody is found quickly.

-- What the log commits to, from the moment on that text was taken out of the body; null while the body says it itself.
alter table record.entry add column kept json;

-- Only the work that erases says so, and for itself alone; to delete stays forbidden to everybody.
create or replace function record.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'entry' and current_setting('packloop.erasing', true) = 'yes' then
    return null;
  end if;
  raise exception 'record.% is append-only: append what corrects it', tg_table_name;
end $$;
create or replace function kernel.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('packloop.erasing', true) = 'yes' then
    return null;
  end if;
  raise exception 'kernel.trail is append-only';
end $$;

-- Entries in which somebody of ours wrote something, or which name a vehicle: few among many.
create index entry_written_by_hand on record.entry (seq) where type in (
  'pack.placed', 'pack.quarantined', 'pack.cleared', 'pack.recalled', 'pack.recall-lifted', 'pack.graded', 'pack.tested',
  'health.risk-cleared', 'swap.resolved', 'exchange.pack-lost', 'exchange.pack-found');
create index entry_without_text on record.entry (seq) where kept is not null;

-- Messages and commands by the card that was shown.
create index message_shown on ocpp.message (lower(substring(raw from '"idToken"\s*:\s*"([^"]*)"')))
  where position('"idToken"' in raw) > 0;
create index command_shown on station.command (lower(substring(payload::text from '"idToken"\s*:\s*"([^"]*)"')))
  where position('"idToken"' in payload::text) > 0;
