// packloop report property: who earned what with packs, by the books.

import { profitCsv, profitOf } from '#insight';
import { isSimulated } from '#kernel';
import { everything } from '#kernel/api';
import type { Instant } from '#units';
import { type Common, withNetwork } from './open.ts';
import { say } from './say.ts';

interface Period {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly csv?: true;
}

/** Profit and loss by party, as a table, as CSV or as JSON. */
export async function reportProperty(options: Common & Period): Promise<void> {
  const { json, csv, demo, from, to } = options;
  const filters = { ...(from && { from }), ...(to && { to }) };
  const it = await withNetwork(options, (app) =>
    app.doWork(async (work) =>
      profitOf(work, { filters, reach: everything }, demo === true || (await isSimulated(work))),
    ),
  );
  if (csv) process.stdout.write(await profitCsv(it));
  else say(json === true, it, () => table(it));
}

type Profit = Awaited<ReturnType<typeof profitOf>>;

const yuan = (fen: number): string => (fen / 100).toFixed(2);
const kWh = (wh: number): string => (wh / 1000).toFixed(1);

function table({ parties, total, from, to, simulated, gridPrice }: Profit): string {
  const head = `${from} to ${to}${simulated ? '; simulated: nothing of this happened in the world' : ''}`;
  if (parties.length === 0) return `${head}\nNobody got, spent or owned anything.`;
  const columns = ['party', 'swaps', 'income', 'electricity', 'fees', 'energy cost', 'result', 'packs', 'owned kWh'];
  const cellsOf = (name: string, it: Profit['total'], [swaps, packs]: readonly [string, string]) => [
    ...[name, swaps, yuan(it.incomeFen), yuan(it.electricityFen), yuan(it.feesFen)],
    ...[yuan(it.energyCostFen), yuan(it.resultFen), packs, kWh(it.ownedWh)],
  ];
  const rows = [
    columns,
    ...parties.map((it) => cellsOf(it.party, it, [String(it.swaps), String(it.packs)])),
    // A swap or pack that several have a part in is one: their sum would say something wrong.
    cellsOf('all', total, ['', '']),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)));
  const lines = rows.map((row) =>
    row.map((it, index) => (index === 0 ? it.padEnd(widths[0]!) : it.padStart(widths[index]!))).join('  '),
  );
  const price = (gridPrice / 100_000).toFixed(2);
  return [
    head,
    ...lines,
    `Yuan. Energy is valued at ${price} yuan/kWh, which is assumed: nobody books what it was bought for.`,
  ].join('\n');
}
