-- A key comes once and goes once; but when it turns out that it was stolen earlier than was thought, that is said as well.
do $$
declare both_acts text;
begin
  select conname into strict both_acts from pg_constraint where conrelid = 'record.key_act'::regclass and contype = 'u'
    and pg_get_constraintdef(oid) = 'UNIQUE (vkey, act)';
  execute format('alter table record.key_act drop constraint %I', both_acts);
end $$;
create unique index on record.key_act (vkey) where act = 'admit';
create unique index on record.key_act (vkey, from_seq) where act = 'revoke';
