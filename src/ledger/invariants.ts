import { sql } from 'kysely';
import type { Invariant } from '#kernel';

const moved = sql.raw(`
  select debit_id, credit_id, kind,
    case when kind in ('posted', 'post') then amount else 0 end as posted
  from ledger.transfer`);

/** What a promise still holds: pending transfers that nothing has resolved. */
const open = sql.raw(`
  select t.* from ledger.transfer t
  where t.kind = 'pending' and not exists (select from ledger.transfer r where r.pending_id = t.id)`);

export const ledgerInvariants: readonly Invariant[] = [
  {
    id: 'ledger.balanced',
    sentence: 'In every unit and asset, all that was debited was credited',
    violations: () => sql`select unit, asset, sum(debits_posted) as debits, sum(credits_posted) as credits
      from ledger.account group by unit, asset having sum(debits_posted) <> sum(credits_posted)`,
  },
  {
    id: 'ledger.promises-balanced',
    sentence: 'In every unit and asset, what is promised by some is promised to others',
    violations: () => sql`select unit, asset, sum(debits_pending) as debits, sum(credits_pending) as credits
      from ledger.account group by unit, asset having sum(debits_pending) <> sum(credits_pending)`,
  },
  {
    id: 'ledger.totals-follow-transfers',
    sentence: 'The totals of every account are the sums of its transfers',
    violations: () => sql`
      with m as (${moved}),
      s as (select id, sum(d) as debits, sum(c) as credits from (
        select debit_id as id, posted as d, 0 as c from m union all select credit_id, 0, posted from m) x group by id)
      select a.unit, a.asset, a.holder, a.debits_posted, coalesce(s.debits, 0) as debits_of_transfers,
        a.credits_posted, coalesce(s.credits, 0) as credits_of_transfers
      from ledger.account a left join s using (id)
      where a.debits_posted <> coalesce(s.debits, 0) or a.credits_posted <> coalesce(s.credits, 0)`,
  },
  {
    id: 'ledger.promises-follow-transfers',
    sentence: 'The promised totals of every account are the sums of its open pending transfers',
    violations: () => sql`
      with o as (${open}),
      s as (select id, sum(d) as debits, sum(c) as credits from (
        select debit_id as id, amount as d, 0 as c from o union all select credit_id, 0, amount from o) x group by id)
      select a.unit, a.asset, a.holder, a.debits_pending, coalesce(s.debits, 0) as debits_of_transfers,
        a.credits_pending, coalesce(s.credits, 0) as credits_of_transfers
      from ledger.account a left join s using (id)
      where a.debits_pending <> coalesce(s.debits, 0) or a.credits_pending <> coalesce(s.credits, 0)`,
  },
  {
    id: 'ledger.bounds-kept',
    sentence: 'No account gives away more than it has',
    violations: () => sql`select unit, asset, holder, debits_posted, debits_pending, credits_posted from ledger.account
      where (bound = 'debits' and debits_posted + debits_pending > credits_posted)
         or (bound = 'credits' and credits_posted + credits_pending > debits_posted)`,
  },
  {
    id: 'ledger.resolved-once',
    sentence: 'A promise is posted, voided or expired at most once',
    violations: () => sql`select pending_id, count(*) as resolutions from ledger.transfer
      where pending_id is not null group by pending_id having count(*) > 1`,
  },
  {
    id: 'ledger.resolution-fits',
    sentence: 'What resolves a promise names its accounts and no more than its amount',
    violations: () => sql`select r.id, r.pending_id, r.amount from ledger.transfer r
      left join ledger.transfer p on p.id = r.pending_id and p.kind = 'pending'
      where r.pending_id is not null
        and (p.id is null or p.debit_id <> r.debit_id or p.credit_id <> r.credit_id or r.amount > p.amount)`,
  },
  {
    id: 'ledger.linked-whole',
    sentence: 'Linked transfers exist all together',
    violations: () => sql`select link, count(*) as found, max(legs) as legs from ledger.transfer
      group by link having count(*) <> max(legs) or min(legs) <> max(legs)`,
  },
  {
    id: 'ledger.one-unit',
    sentence: 'A transfer moves one unit of one asset between two accounts that exist',
    violations: () => sql`select t.id, d.unit, d.asset, c.unit as credit_unit, c.asset as credit_asset
      from ledger.transfer t
      left join ledger.account d on d.id = t.debit_id left join ledger.account c on c.id = t.credit_id
      where d.id is null or c.id is null or (d.unit, d.asset) is distinct from (c.unit, c.asset)`,
  },
  {
    id: 'ledger.closed-is-closed',
    sentence: 'Nothing is booked on a closed account',
    violations: () => sql`
      select a.unit, a.asset, a.holder, a.closed_at, t.id from ledger.account a cross join lateral (
        select id, at, kind from ledger.transfer where debit_id = a.id
        union all select id, at, kind from ledger.transfer where credit_id = a.id) t
      where a.closed_at is not null and t.at > a.closed_at and t.kind not in ('void', 'expire')`,
  },
  {
    id: 'ledger.expiry-in-time',
    sentence: 'No promise is open a quarter of an hour after its time',
    violations: (work) => sql`select o.id, o.expires_at from (${open}) o
      where o.expires_at < ${work.at.subtract({ minutes: 15 }).toString()}`,
  },
];
