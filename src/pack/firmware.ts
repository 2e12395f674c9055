import type { Brand } from '#units';

/** A firmware version as one number, so that versions compare with < and >: 2.14.3 is 2014003. */
export type Firmware = Brand<number, 'Firmware'>;

/** Reads "2.14.3" (also "2.14" and "v2"). @throws RangeError on anything else, and on parts above 999 */
export function Firmware(text: string): Firmware {
  const parts = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?$/i.exec(text);
  if (!parts) throw new RangeError(`${JSON.stringify(text)} is no firmware version: expected MAJOR.MINOR.PATCH`);
  return (Number(parts[1]) * 1_000_000 + Number(parts[2] ?? 0) * 1000 + Number(parts[3] ?? 0)) as Firmware;
}

export const firmwareText = (it: Firmware): string =>
  `${Math.floor(it / 1_000_000)}.${Math.floor(it / 1000) % 1000}.${it % 1000}`;
