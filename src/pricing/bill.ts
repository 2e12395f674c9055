import { Fen, sumFen, type Wh } from '#units';
import type { MilliFenPerKwh, Tariff } from './tariff.ts';

export interface BillLine {
  readonly what: 'electricity' | 'service';
  /** What the price is multiplied with: for the service at least the tariff's minimum. */
  readonly energyWh: Wh;
  readonly price: MilliFenPerKwh;
  readonly amount: Fen;
}

export interface Bill {
  readonly tariffId: string;
  /** Energy handed out less energy taken back; 0 when the driver returned more than he got. */
  readonly netWh: Wh;
  readonly lines: readonly BillLine[];
  readonly total: Fen;
}

/** Each line is rounded once, to the nearest fen, half up. */
const line = (what: BillLine['what'], energyWh: Wh, price: MilliFenPerKwh): BillLine => ({
  what,
  energyWh,
  price,
  amount: Fen(Math.floor((energyWh * price + 500_000) / 1_000_000)),
});

/**
 * Prices a swap: (electricity + service) x net kWh, the service for at least the tariff's minimum.
 * A driver who brings back more energy than he takes pays the minimum service and no electricity; he is not paid.
 */
export function priceSwap(tariff: Tariff, { givenWh, returnedWh }: { givenWh: Wh; returnedWh: Wh }): Bill {
  const netWh = Math.max(0, givenWh - returnedWh) as Wh;
  const lines = [
    line('electricity', netWh, tariff.electricity),
    line('service', Math.max(netWh, tariff.minimumServiceWh) as Wh, tariff.service),
  ];
  return { tariffId: tariff.id, netWh, lines, total: sumFen(lines.map((it) => it.amount)) };
}

/** Nothing was exchanged: the driver got the own pack back. */
export const freeOfCharge = (tariff: Tariff): Bill => ({
  tariffId: tariff.id,
  netWh: 0 as Wh,
  lines: [],
  total: Fen(0),
});
