import type { Work } from '#kernel';
import { open } from '#ledger';
import type { Driver } from './party.ts';
import { addDrivers } from './store.ts';

/**
 * Adds drivers with the terms of their accounts: who pays by invoice may owe us, who pays ahead may not. One who is known
 * already stays as he is.
 */
export async function enrol(work: Work, drivers: readonly Driver[]): Promise<void> {
  await addDrivers(work, drivers);
  const owing = drivers.filter((it) => it.payment === 'postpaid');
  await open(
    work,
    owing.map((it) => ({ unit: 'money', asset: 'CNY', holder: `driver:${it.id}`, bound: 'none' })),
  );
}
