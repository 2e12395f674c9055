import type { Mount, Point } from '../model.ts';

/** QC/T 1204.4-2024, table 1: how far an outline dimension may be off, mm, by its nominal size (up to and including). */
export const OUTLINE_TOLERANCE: readonly (readonly [upToMm: number, plusMinusMm: number])[] = [
  [3, 0.5],
  [6, 1],
  [30, 1.5],
  [120, 2],
  [400, 3],
  [1000, 4],
  [2000, 6],
  [4000, 8],
];

/** QC/T 1204.4-2024, 4.1: fixing points, electrical and cooling interface positions. */
export const POSITION_TOLERANCE_MM = 2;

/** Plus or minus, mm. Beyond the table's 4 m nothing is tolerated. */
export function outlineTolerance(nominalMm: number): number {
  for (let row = 0; row < OUTLINE_TOLERANCE.length; row++)
    if (nominalMm <= OUTLINE_TOLERANCE[row]![0]) return OUTLINE_TOLERANCE[row]![1];
  return 0;
}

const isClose = (measured: number, nominal: number): boolean =>
  Math.abs(measured - nominal) <= outlineTolerance(nominal);

export const sameOutline = (measured: Mount, nominal: Mount): boolean =>
  isClose(measured.lengthMm, nominal.lengthMm) &&
  isClose(measured.widthMm, nominal.widthMm) &&
  isClose(measured.heightMm, nominal.heightMm);

export const samePosition = (measured: Point, nominal: Point): boolean =>
  Math.abs(measured.x - nominal.x) <= POSITION_TOLERANCE_MM &&
  Math.abs(measured.y - nominal.y) <= POSITION_TOLERANCE_MM &&
  Math.abs(measured.z - nominal.z) <= POSITION_TOLERANCE_MM;
