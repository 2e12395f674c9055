import type { Work } from '#kernel';
import { open } from '#ledger';
import type { Driver } from './party.ts';
import * as store from './store.ts';

/** Adds drivers who are new. One who pays by invoice gets an account that may go below zero. */
export async function addDrivers(work: Work, drivers: readonly Driver[]): Promise<void> {
  await store.addDrivers(work, drivers);
  const byInvoice = drivers.filter((it) => it.payment === 'postpaid');
  await open(
    work,
    byInvoice.map((it) => ({ unit: 'money', asset: 'CNY', holder: `driver:${it.id}`, bound: 'none' })),
  );
}
