// Whose plate may be asked: the driver whose card opens the vehicle says so, until a day, and takes it back when he likes.
import { Refused, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import { vehiclesOf } from '#party';
import type { DriverId, Instant, Vin } from '#units';
import * as store from './store.ts';

/** Nobody remembers for longer what he once allowed. */
const MOST_DAYS = 366;

/** @throws Refused `consent-not-keeper` for whoever is no driver */
export function driverIn(reach: Reach): DriverId {
  if (reach.all || reach.driver === undefined)
    throw new Refused('consent-not-keeper', 'Only the driver whose card opens a vehicle allows this', {}, 403);
  return reach.driver;
}

/** His vehicles, each with the consent that stands. Nobody else has any. */
export async function consentsOf(work: Work, reach: Reach) {
  if (reach.all || reach.driver === undefined) return [];
  const standing = new Map((await store.standing(work, reach.driver)).map((it) => [it.vin, it]));
  return (await vehiclesOf(work, reach.driver)).map((it) => {
    const { id, givenAt, until } = standing.get(it.vin) ?? {};
    return { ...it, consent: id && givenAt && until ? { id, givenAt, until } : null };
  });
}

/**
 * Gives it, in place of one that stands. It is answered from the next edition on.
 * @throws Refused `consent-not-keeper` for a vehicle that his card does not open, `consent-too-long`
 */
export async function giveConsent(
  work: Work,
  driverId: DriverId,
  { vin, until }: { vin: Vin; until: Instant },
): Promise<string> {
  if (!(await vehiclesOf(work, driverId)).some((it) => it.vin === vin))
    throw new Refused('consent-not-keeper', 'Only the driver whose card opens a vehicle allows this', {}, 403);
  const latest = work.at.add({ hours: 24 * MOST_DAYS });
  if (Temporal.Instant.compare(until, work.at) <= 0 || Temporal.Instant.compare(until, latest) > 0)
    throw new Refused(
      'consent-too-long',
      `It ends in the future, within ${MOST_DAYS} days`,
      { until: until.toString() },
      422,
    );
  await store.endConsents(work, { driverId, vin });
  const id = work.newId();
  await store.addConsent(work, { id, vin, driverId, givenAt: work.at, until });
  return id;
}

/** From this moment on. What is over already, or another's, changes nothing. @throws Refused `consent-unknown` */
export async function endConsent(work: Work, driverId: DriverId, id: string): Promise<void> {
  if (!(await store.endConsents(work, { driverId, id })))
    throw new Refused('consent-unknown', 'There is no such consent of yours that stands', { id }, 404);
}
