// Which packs break, and how: faults as they were asked for, in the words of the twin.
import type { Fault as TwinFault } from '#twin';
import type { Chance } from '#units';
import { type Fault, isPackFault, type PackFaultName } from './faults.ts';
import type { Roster } from './roster.ts';

/** A pack of the roster and where it is when the run begins; nowhere of ours when it is in a vehicle. */
export interface Placed {
  readonly serial: string;
  readonly series?: number | undefined;
  readonly stationId?: string;
}

/** All packs of a run: at its stations, or those of them that are played, and in vehicles. */
export const packsIn = (
  { stations, vehicles }: Pick<Roster, 'stations' | 'vehicles'>,
  only?: ReadonlySet<string>,
): Placed[] => [
  ...stations.filter((it) => !only || only.has(it.id)).flatMap(packsAt),
  ...vehicles.flatMap(({ packs }) => packs.map(({ serial, series }) => ({ serial, series }))),
];

const packsAt = ({ id, slots }: Roster['stations'][number]): Placed[] =>
  slots.flatMap(({ serial, series }) => (serial === null ? [] : [{ serial, series, stationId: id }]));

/**
 * The faults of each pack that is to have some, by serial number; the same dice choose the same packs.
 * @throws RangeError when a pack is named that is not there
 */
export function broken(faults: readonly Fault[], packs: readonly Placed[], dice: Chance): Map<string, TwinFault[]> {
  const found = new Map<string, TwinFault[]>();
  faults.filter(isPackFault).forEach((fault, nth) => {
    const own = dice.fork(`fault ${nth}`);
    for (const pack of struck(fault, packs, own))
      found.set(pack.serial, [...(found.get(pack.serial) ?? []), twinFault(fault, pack, own)]);
  });
  return found;
}

function struck(
  { options, stations, share, times, name }: Fault<PackFaultName>,
  packs: readonly Placed[],
  dice: Chance,
) {
  const here = stations ? packs.filter((it) => stations.includes(it.stationId ?? '')) : packs;
  const named = options.pack === '' ? undefined : options.pack.split('|');
  const missing = named?.find((it) => !here.some(({ serial }) => serial === it));
  if (missing !== undefined)
    throw new RangeError(`fault ${name}: no pack ${missing} ${stations ? 'stands there' : 'is in the roster'}`);
  const chosen = named ? here.filter((it) => named.includes(it.serial)) : byChance(here, Number(options.packs), dice);
  return chosen.filter(() => share >= 1 || dice.next() < share).slice(0, times);
}

function byChance(packs: readonly Placed[], many: number, dice: Chance): Placed[] {
  const left = [...packs];
  return Array.from(
    { length: Math.min(many, left.length) },
    () => left.splice(dice.between(0, left.length - 1), 1)[0]!,
  );
}

function twinFault({ name, options }: Fault<PackFaultName>, { series = 108 }: Placed, dice: Chance): TwinFault {
  const of = options as Readonly<Record<string, string>>;
  const fromS = Number(of.after);
  const cell = () => cellOf(of.cell!, series, dice);
  const grows = { fromS, withinS: Number(of.seconds) };
  switch (name) {
    case 'short':
      return { kind: 'internal-short', fromS, cell: cell(), ohm: Number(of.ohm) };
    case 'resistance':
      return { kind: 'resistance', ...grows, cell: cell(), times: Number(of.factor) };
    case 'insulation':
      return { kind: 'insulation', ...grows, kOhm: Number(of.kohm) };
    case 'coolant':
      return { kind: 'coolant', fromS, remains: Number(of.remains) };
    case 'sensor':
      return { kind: 'sensor', fromS, ...sensor(of, series, dice) };
  }
}

/** The one that is named, counted from 0, the last one where there are fewer; else one by chance. */
const cellOf = (named: string, many: number, dice: Chance): number =>
  named === '' ? dice.between(0, many - 1) : Math.min(Math.floor(Number(named)), many - 1);

type Sensor = Pick<Extract<TwinFault, { kind: 'sensor' }>, 'of' | 'at' | 'does'>;

function sensor(options: Readonly<Record<string, string>>, series: number, dice: Chance): Sensor {
  const of = options.of as Sensor['of'];
  const many = { 'cell-voltage': series, temperature: Math.ceil(series / 6), current: 1, insulation: 1 }[of];
  const at = cellOf(options.at!, many, dice);
  switch (options.does) {
    case 'stuck':
      return { of, at, does: { is: 'stuck' } };
    case 'dropout':
      return { of, at, does: { is: 'dropout', share: 1 } };
    default:
      return { of, at, does: { is: 'offset', by: Number(options.by) } };
  }
}
