// How a slot looks: decided here, drawn in parts/Slots.tsx.
import type { Slot, Station } from './contract.ts';

/** The network hands packs out from this state of charge on; the server counts `ready` by it. */
export const READY_SOC = 80;
const LOW_SOC = 30;

export const looks = ['ready', 'filling', 'low', 'quarantined', 'unknown', 'empty', 'unavailable', 'faulted'] as const;
export type Look = (typeof looks)[number];

export function lookOf({ state, soc, packCode, quarantined }: Slot): Look {
  if (state === 'faulted' || state === 'unavailable') return state;
  if (state === 'empty' && packCode === null) return 'empty';
  if (quarantined) return 'quarantined';
  if (soc === null) return 'unknown';
  return soc >= READY_SOC ? 'ready' : soc >= LOW_SOC ? 'filling' : 'low';
}

export const isCharging = ({ powerW }: Pick<Slot, 'powerW'>): boolean => powerW > 0;

export const chargingW = ({ slots }: Pick<Station, 'slots'>): number => slots.reduce((sum, it) => sum + it.powerW, 0);

/** In how many columns slots stand so that few look like few and many still fit: two rows up to 30, then three. */
export const columnsFor = (count: number, widest = 15): number => {
  const rows = count <= widest * 2 ? (count <= 7 ? 1 : 2) : Math.ceil(count / widest);
  return Math.max(1, Math.ceil(count / rows));
};
