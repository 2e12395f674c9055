-- Who has each thing now, and who gave it: written with the transfers, so that nobody looks through all who ever had it.
create table ledger.keeper (
  asset  text collate "C" primary key,
  holder text not null,
  -- Who had it before; `outside:…` for one that has just entered.
  giver  text not null
) with (fillfactor = 70);
create index on ledger.keeper (holder, asset);
create index on ledger.keeper (giver, asset);

insert into ledger.keeper (asset, holder, giver)
select a.asset, a.holder, coalesce((
  select d.holder from ledger.transfer t join ledger.account d on d.id = t.debit_id
  where t.credit_id = a.id and t.kind in ('posted', 'post') order by t.seq desc limit 1), 'outside:unknown')
from ledger.account a
where a.unit = 'custody' and a.credits_posted > a.debits_posted and a.bound <> 'none'
on conflict do nothing;
