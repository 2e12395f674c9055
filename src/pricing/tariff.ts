import type { Brand, Wh } from '#units';

/** Thousandths of a fen per kWh, so that 1.1225 yuan/kWh is exactly 112_250. */
export type MilliFenPerKwh = Brand<number, 'MilliFenPerKwh'>;
export const yuanPerKwh = (yuan: number): MilliFenPerKwh => Math.round(yuan * 100_000) as MilliFenPerKwh;

/** What a swap costs, as versioned data. A bill names the tariff it was made with, so it can be made again. */
export interface Tariff {
  readonly id: string;
  readonly electricity: MilliFenPerKwh;
  readonly service: MilliFenPerKwh;
  /** The service fee is charged for at least this much. */
  readonly minimumServiceWh: Wh;
  /** Where the figures come from; assumed ones say so. */
  readonly source: string;
}

const kWh = (value: number) => (value * 1000) as Wh;

/** (electricity + service) x net kWh with a floor of 20 kWh on the service: NIO's rule since 2024-09-24. */
const car: Tariff = {
  id: 'car-2026-11',
  electricity: yuanPerKwh(0.66),
  service: yuanPerKwh(0.8),
  minimumServiceWh: kWh(20),
  source:
    'rule: NIO announcement 2024-09-24; electricity: Guangdong flat price, assumed 0.66; service: assumed 0.5 to 1.0',
};

const truck: Tariff = { ...car, id: 'truck-2026-11', service: yuanPerKwh(0.5) };

/** A scooter's pack holds less than the floor of a car, so it has none. */
const cabinet: Tariff = { ...car, id: 'cabinet-2026-11', service: yuanPerKwh(1.2), minimumServiceWh: kWh(0) };

/** What an operator is taken to pay for energy from the grid. Assumed, the flat price of the tariffs: nobody books purchases here. */
export const assumedGridPrice: MilliFenPerKwh = car.electricity;

/** The tariff in force for a kind of station. */
export const tariffFor = (profile: 'chassis-robot' | 'truck-side' | 'truck-top' | 'cabinet'): Tariff =>
  profile === 'cabinet' ? cabinet : profile === 'chassis-robot' ? car : truck;
