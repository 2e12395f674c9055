// What an operator watches of a running process, beside how much it works.
import { openSwaps } from '#insight';
import type { DoWork, Live } from '#kernel';
import type { Ocpp } from '#ocpp';
import { type Keeper, sizeOf } from '#record';
import type { Metrics } from './metrics.ts';

interface Place {
  readonly metrics: Metrics;
  readonly ocpp: Pick<Ocpp, 'connections'>;
  readonly live: Live;
  readonly doWork: DoWork;
  readonly keeper: () => Keeper | undefined;
}

export function openGauges({ metrics, ocpp, live, doWork, keeper }: Place): void {
  metrics.gauge('packloop_ocpp_connections', 'Stations that are connected to this process', () => ocpp.connections);
  metrics.gauge('packloop_live_listeners', 'Screens that watch this process', () => live.size);
  metrics.gauges('packloop_witness_signs', 'Whether a witness signed when it was asked last', 'witness', async () => {
    return new Map([...(keeper()?.cosigning.signing ?? [])].map(([witness, signs]) => [witness, signs ? 1 : 0]));
  });
  const howFar = 'How far the log goes, and how much of it enough have signed';
  metrics.gauges('packloop_log_entries', howFar, 'what', async () => {
    const cosigned = (await keeper()?.cosigning.published())?.size ?? 0;
    return new Map([
      ['written', (await doWork(sizeOf)) ?? 0],
      ['cosigned', cosigned],
    ]);
  });
  metrics.gauges('packloop_swaps_open', 'Swaps under way', 'state', () => doWork(openSwaps));
}
