import type { Brand } from './brand.ts';

/** Energy in whole watt-hours. */
export type Wh = Brand<number, 'Wh'>;
/** Power in watts. */
export type W = Brand<number, 'W'>;
/** State of charge or health, 0 to 100, as OCPP 2.1 reports it. */
export type Percent = Brand<number, 'Percent'>;
/** Temperature in degrees Celsius. */
export type Celsius = Brand<number, 'Celsius'>;

/** Rounds to whole watt-hours, half up. */
export const Wh = (value: number): Wh => Math.round(value) as Wh;
export const kWh = (value: number): Wh => Wh(value * 1000);
export const W = (value: number): W => value as W;
export const Celsius = (value: number): Celsius => value as Celsius;

/** @throws RangeError outside 0..100 or when not a number */
export function Percent(value: number): Percent {
  if (!(value >= 0 && value <= 100)) throw new RangeError(`percent must be within 0 and 100, got ${value}`);
  return value as Percent;
}
