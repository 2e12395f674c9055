// Profit and loss by party: sums of what the ledger booked in a period, and of nothing else but one assumed price.
import { sql } from 'kysely';
import type { z } from 'zod';
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { assumedGridPrice } from '#pricing';
import type { profit, profitFilters } from '../api.ts';
import { csv } from '../files/csv.ts';
import { atOnce, type FiltersOf, type Listing } from '../listing.ts';

type Profit = z.output<typeof profit>;
type Row = Profit['parties'][number];
type Figures = Profit['total'];

export type ProfitFilters = FiltersOf<typeof profitFilters>;
interface Asked {
  readonly filters: ProfitFilters;
  readonly reach: Reach;
}

const DAYS = 30;

/**
 * What each party within reach got of swaps, what the energy charged at its stations cost, and what it owned at the end; fen and Wh.
 * Income, shares sold and bought, and energy are sums of transfers booked in the period; electricity and fees divide the income
 * by the bills of these swaps. The price of grid energy is assumed.
 * @throws Refused `period-wrong`
 */
export async function profitOf(work: Work, { filters, reach }: Asked, simulated: boolean): Promise<Profit> {
  const to = filters.to ?? work.at;
  const from = filters.from ?? to.subtract({ hours: DAYS * 24 });
  if (Temporal.Instant.compare(from, to) >= 0)
    throw new Refused('period-wrong', `A period ends after it begins: ${from} to ${to}`, { field: 'to' }, 422);
  const parties = (await booked(work, { from: from.toString(), to: filters.to?.toString() ?? 'infinity' }, reach)).map(
    (it): Row => {
      const energyCostFen = Math.round((it.chargedWh * assumedGridPrice) / 1_000_000);
      const feesFen = it.incomeFen - it.electricityFen;
      return { ...it, feesFen, energyCostFen, resultFen: it.incomeFen - energyCostFen } as Row;
    },
  );
  const total = Object.fromEntries(
    figureNames.map((name) => [name, parties.reduce((sum, it) => sum + it[name], 0)]),
  ) as Figures;
  return { at: work.at, from, to, simulated, gridPrice: assumedGridPrice, parties, total };
}

const figureNames = [
  ...([
    'swaps',
    'incomeFen',
    'electricityFen',
    'feesFen',
    'soldWh',
    'chargedWh',
    'energyCostFen',
    'resultFen',
  ] as const),
  ...(['sharesSoldFen', 'sharesBoughtFen', 'packs', 'ownedWh'] as const),
];

type Booked = Omit<
  { [K in keyof Row]: Row[K] extends number ? number : Row[K] },
  'feesFen' | 'energyCostFen' | 'resultFen'
>;

async function booked(work: Work, { from, to }: { from: string; to: string }, reach: Reach): Promise<Booked[]> {
  const within = reach.all ? sql`true` : sql`p.id = any(${reach.tenants}::text[])`;
  const { rows } = await sql<Booked>`
    with got as (
        select substr(c.holder, 7) as party, split_part(t.id, '/', 2) as swap, sum(t.amount) as fen
        from ledger.transfer t join ledger.account c on c.id = t.credit_id
        where t.id >= 'swap/' and t.id < 'swap0' and split_part(t.id, '/', 3) = 'share'
          and t.at >= ${from} and t.at < ${to} group by 1, 2),
      income as (
        select g.party, count(*) as swaps, sum(g.fen) as fen, coalesce(sum(e.fen), 0) as electricity,
          coalesce(sum(e.wh), 0) as sold
        from got g left join lateral (
          select (s.body->'bill'->>'netWh')::bigint as wh,
            (select sum((l->>'amount')::bigint) from json_array_elements(s.body->'bill'->'lines') l
              where l->>'what' = 'electricity') as fen
          from swap.swap s join station.station n on n.id = s.station_id
          where s.id = g.swap::uuid and n.operator_id = g.party) e on true
        group by 1),
      charged as (
        select n.operator_id as party, sum(t.amount) as wh from ledger.transfer t
        join ledger.account c on c.id = t.credit_id join station.station n on 'station:' || n.id = c.holder
        where t.id >= 'charge/' and t.id < 'charge0' and t.at >= ${from} and t.at < ${to} group by 1),
      traded as (
        select a.holder, sum(t.amount) filter (where a.id = t.credit_id) as sold,
          sum(t.amount) filter (where a.id = t.debit_id) as bought
        from ledger.transfer t join ledger.account a on a.id in (t.credit_id, t.debit_id)
        where t.id >= 'title/' and t.id < 'title0' and t.id like '%/price' and t.at >= ${from} and t.at < ${to} group by 1),
      later as (
        select id, sum(change) as change from (
          select credit_id as id, amount as change from ledger.transfer where at >= ${to} and kind in ('posted', 'post')
          union all
          select debit_id, -amount from ledger.transfer where at >= ${to} and kind in ('posted', 'post')) t group by 1),
      share as (
        select a.asset, a.holder, a.credits_posted - a.debits_posted - coalesce(l.change, 0) as millionths
        from ledger.account a left join later l using (id) where a.unit = 'title' and a.holder like 'party:%'),
      owned as (
        select s.holder, count(*) as packs, round(sum(s.millionths * k.capacity_wh) / 1000000) as wh
        from share s join pack.pack k on k.code = s.asset where s.millionths > 0 group by 1)
    select p.id as party, p.name, p.kind, coalesce(i.swaps, 0)::float8 as swaps, coalesce(i.fen, 0)::float8 as income_fen,
      coalesce(i.electricity, 0)::float8 as electricity_fen, coalesce(i.sold, 0)::float8 as sold_wh,
      coalesce(g.wh, 0)::float8 as charged_wh, coalesce(t.sold, 0)::float8 as shares_sold_fen,
      coalesce(t.bought, 0)::float8 as shares_bought_fen, coalesce(o.packs, 0)::float8 as packs,
      coalesce(o.wh, 0)::float8 as owned_wh
    from party.party p left join income i on i.party = p.id left join charged g on g.party = p.id
      left join traded t on t.holder = 'party:' || p.id left join owned o on o.holder = 'party:' || p.id
    where ${within} and (i.party is not null or g.party is not null or t.holder is not null or o.holder is not null)
    order by p.id`.execute(work.db);
  return rows;
}

type FileRow = Row & Pick<Profit, 'from' | 'to' | 'simulated'>;

/** The parties as lines of a file; each says from when to when, and whether anything of it happened in the world. */
export const profitListing = (isSimulated: (work: Work) => Promise<boolean>): Listing<ProfitFilters, FileRow> =>
  atOnce(
    async (work, asked) => linesOf(await profitOf(work, asked, await isSimulated(work))),
    (it) => it.party,
    columns,
  );

const linesOf = ({ parties, from, to, simulated }: Profit): FileRow[] =>
  parties.map((it) => ({ ...it, from, to, simulated }));

/** The same without a server. */
export async function profitCsv(it: Profit): Promise<string> {
  const chunks: Buffer[] = [];
  const pages = (async function* () {
    yield linesOf(it);
  })();
  for await (const chunk of csv(columns, pages)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const columns: Listing<ProfitFilters, FileRow>['columns'] = [
  { name: 'party', kind: 'text', of: (it) => it.party },
  { name: 'name', kind: 'text', of: (it) => it.name },
  { name: 'kind', kind: 'text', of: (it) => it.kind },
  { name: 'from', kind: 'instant', of: (it) => it.from },
  { name: 'to', kind: 'instant', of: (it) => it.to },
  { name: 'swaps', kind: 'whole', of: (it) => it.swaps },
  { name: 'income_fen', kind: 'whole', of: (it) => it.incomeFen },
  { name: 'electricity_fen', kind: 'whole', of: (it) => it.electricityFen },
  { name: 'fees_fen', kind: 'whole', of: (it) => it.feesFen },
  { name: 'sold_wh', kind: 'whole', of: (it) => it.soldWh },
  { name: 'charged_wh', kind: 'whole', of: (it) => it.chargedWh },
  { name: 'energy_cost_fen_assumed', kind: 'whole', of: (it) => it.energyCostFen },
  { name: 'result_fen', kind: 'whole', of: (it) => it.resultFen },
  { name: 'shares_sold_fen', kind: 'whole', of: (it) => it.sharesSoldFen },
  { name: 'shares_bought_fen', kind: 'whole', of: (it) => it.sharesBoughtFen },
  { name: 'packs', kind: 'whole', of: (it) => it.packs },
  { name: 'owned_wh', kind: 'whole', of: (it) => it.ownedWh },
  { name: 'simulated', kind: 'yes-no', of: (it) => it.simulated },
];
