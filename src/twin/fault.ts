// What can go wrong with a pack, from a moment on: for tests of whoever has to notice it.

/** Inside the pack. */
export type Fault =
  /** A resistor from pole to pole of one cell: 300 ohm is a hint, 1 ohm is warm, a thousandth is fire. */
  | { readonly kind: 'internal-short'; readonly fromS: number; readonly cell: number; readonly ohm: number }
  /** The resistance of one cell grows to so many times its own, within so many seconds. */
  | {
      readonly kind: 'resistance';
      readonly fromS: number;
      readonly cell: number;
      readonly times: number;
      readonly withinS: number;
    }
  /** Insulation against the vehicle's body falls to so many kilo-ohms within so many seconds. */
  | { readonly kind: 'insulation'; readonly fromS: number; readonly kOhm: number; readonly withinS: number }
  /** Coolant is lost: only so much of the cooling remains, 0 to 1. */
  | { readonly kind: 'coolant'; readonly fromS: number; readonly remains: number }
  | SensorFault;

/** In what is measured; the pack itself is well. */
export interface SensorFault {
  readonly kind: 'sensor';
  readonly fromS: number;
  readonly of: 'cell-voltage' | 'current' | 'temperature' | 'insulation';
  /** Which cell, or which temperature sensor; the first when absent. */
  readonly at?: number;
  readonly does:
    | { readonly is: 'offset'; readonly by: number }
    | { readonly is: 'noise'; readonly deviation: number }
    | { readonly is: 'stuck' }
    /** So many of its readings, 0 to 1, do not come. */
    | { readonly is: 'dropout'; readonly share: number };
}

/** How far a fault that grows has grown, 0 to 1. */
export const grownBy = ({ fromS, withinS }: { fromS: number; withinS: number }, nowS: number): number =>
  nowS < fromS ? 0 : withinS > 0 ? Math.min(1, (nowS - fromS) / withinS) : 1;

/** @throws RangeError when a fault names a cell that the pack does not have, or figures that cannot be */
export function demandFault(fault: Fault, cells: number): void {
  const demand = (isFine: boolean, what: string) => {
    if (!isFine) throw new RangeError(`${fault.kind}: ${what}: ${JSON.stringify(fault)}`);
  };
  demand(fault.fromS >= 0, 'it begins at some second');
  if ('cell' in fault)
    demand(Number.isInteger(fault.cell) && fault.cell >= 0 && fault.cell < cells, `no such cell of ${cells}`);
  if ('ohm' in fault) demand(fault.ohm > 0, 'a resistance above nothing');
  if ('times' in fault) demand(fault.times >= 1, 'at least its own resistance');
  if ('kOhm' in fault) demand(fault.kOhm > 0, 'a resistance above nothing');
  if ('remains' in fault) demand(fault.remains >= 0 && fault.remains <= 1, 'a share from 0 to 1');
  if (fault.kind === 'sensor' && fault.does.is === 'dropout')
    demand(fault.does.share >= 0 && fault.does.share <= 1, 'a share from 0 to 1');
}
