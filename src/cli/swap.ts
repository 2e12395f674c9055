import { get, type Swap, steps } from '#swap';
import { type SwapId, yuan } from '#units';
import { type Common, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';

/** Everything about one swap. */
export async function showSwap(id: string, options: Common): Promise<void> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw new Failed(`"${id}" is no swap id: it looks like 019a5f3c-7c1e-7abc-8def-0123456789ab`, { code: 2 });
  const swap = await withNetwork(options, (app) => app.doWork((work) => get(work, id as SwapId)));
  say(options.json === true, swap, () => page(swap));
}

function page(swap: Swap): string {
  const time = (at: Temporal.Instant | null | undefined) => at?.toString({ smallestUnit: 'second' }) ?? '–';
  const done = steps.flatMap((it) => (swap.steps[it] ? [`  ${it.padEnd(12)} ${time(swap.steps[it])}`] : []));
  const move = (way: string) => (it: Swap['given'][number]) =>
    `  ${way} ${it.code}  slot ${it.slotNo}  ${it.soc.toFixed(0)} % of charge, ${it.soh.toFixed(1)} % health, ${(it.energyWh / 1000).toFixed(2)} kWh`;
  const checks = Object.entries(swap.checks).map(
    ([name, it]) =>
      `  ${it.passed === null ? 'open  ' : it.passed ? 'passed' : 'FAILED'} ${name.padEnd(10)} ${it.value} (${it.demand})`,
  );
  const bill = swap.bill
    ? [
        `Bill ${yuan(swap.bill.total)} yuan for ${(swap.bill.netWh / 1000).toFixed(2)} kWh, tariff ${swap.bill.tariffId}`,
        ...swap.bill.lines.map(
          (it) => `  ${it.what.padEnd(12)} ${(it.energyWh / 1000).toFixed(2)} kWh  ${yuan(it.amount)} yuan`,
        ),
      ]
    : [`Not billed; ${yuan(swap.held)} yuan are held`];
  return [
    `Swap ${swap.id}: ${swap.state}`,
    `${swap.origin} at ${swap.stationId}, request ${swap.requestId ?? '–'}, ${swap.profile}; since ${time(swap.startedAt)}, ended ${time(swap.endedAt)}`,
    'Steps',
    ...done,
    'Packs',
    ...swap.returned.map(move('in ')),
    ...swap.given.map(move('out')),
    ...(swap.because ? [`  chosen because: ${swap.because}`] : []),
    ...(checks.length > 0 ? ['Checks', ...checks] : []),
    ...bill,
    ...(swap.problems.length > 0
      ? ['Problems', ...swap.problems.map((it) => `  ${time(it.at)} ${it.code}: ${it.sentence}`)]
      : []),
  ].join('\n');
}
