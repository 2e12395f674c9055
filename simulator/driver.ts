// One vehicle and its driver: drives, gets low, looks for a station, swaps, drives on.
import type { Chance, Place } from '#units';
import { laterByVisits } from './day.ts';
import { drive } from './drive.ts';
import { Died } from './life.ts';
import { type MakePack, type Pack, storedAboveWh } from './pack.ts';
import type { RosterVehicle } from './roster.ts';
import { instantOf } from './schedule.ts';
import type { Outcome } from './station/index.ts';
import { around, type Known, quickest, type Streets, travelMinutes } from './streets.ts';

type How = 'app' | 'card' | 'remote';

/** After so many tries a driver who can still drive gives up until next time. */
const MOST_TRIES = 8;
const MINUTE_S = 60;
/** While it drives, stops at lights included. Assumed. */
const KM_PER_HOUR = 40;
/** Who left home this long before the simulation starts may still be on the way. */
const HEAD_START_S = 45 * MINUTE_S;
/** Told by the server or the station: it will not change by waiting. */
const final = new Set([
  'Unknown',
  'Invalid',
  'Blocked',
  'Expired',
  'NoCredit',
  'token-unknown',
  'token-blocked',
  'token-expired',
  'balance-too-low',
]);

export class Driver {
  readonly #it: RosterVehicle;
  readonly #streets: Streets;
  readonly #chance: Chance;
  readonly #packs: Pack[];
  readonly #count: number;
  #drivenUntilMs: number;

  constructor(it: RosterVehicle, streets: Streets, chance: Chance, makePack: MakePack) {
    this.#it = it;
    this.#streets = streets;
    this.#chance = chance;
    this.#packs = it.packs.map((pack) => makePack(pack, chance.between(20, 600)));
    this.#count = it.packs.length;
    this.#drivenUntilMs = streets.life.scheduler.ms();
    this.#begin(chance.next());
  }

  /** When the simulation starts, some are on their way already. */
  #begin(share: number): void {
    const { swapsPerDay, use } = this.#it;
    if (swapsPerDay === 0) return;
    const nowMs = this.#streets.life.scheduler.ms();
    const dueMs = laterByVisits(nowMs - HEAD_START_S * 1000, share / swapsPerDay, use);
    this.#tripAt(Math.max(dueMs, nowMs), Math.max(nowMs - dueMs, 0) / 1000);
  }

  /** The next visit: about one gap of its duty later, at an hour when such drivers come. */
  #plan(): void {
    const { swapsPerDay, use } = this.#it;
    const gap = (0.6 + 0.8 * this.#chance.next()) / swapsPerDay;
    this.#tripAt(laterByVisits(this.#streets.life.scheduler.ms(), gap, use));
  }

  #tripAt(dueMs: number, underWayS = 0): void {
    const { life } = this.#streets;
    life.after((dueMs - life.scheduler.ms()) / 1000, () => {
      this.#trip(underWayS).then(
        () => this.#plan(),
        (error) => {
          if (!(error instanceof Died)) throw error;
        },
      );
    });
  }

  /** One way to a swap, with all its detours. @throws Died */
  async #trip(underWayS: number): Promise<void> {
    const { life, tally } = this.#streets;
    this.#drive();
    const from = around(this.#it.place, this.#chance);
    const refusedBy = new Set<string>();
    tally.onTheWay++;
    for (let tries = 1; ; tries++) {
      const goal = quickest(this.#streets, from, this.#it.stationIds, refusedBy);
      if (!goal) break;
      const { outcome, how } = await this.#visit(goal, from, tries, tries === 1 ? underWayS : 0);
      tally.saw(outcome, { stationId: goal.station.id, vin: this.#it.vin, how });
      if (this.#isServed(outcome)) break;
      if (outcome.kind === 'refused' && final.has(outcome.why) && this.#packs.length > 0) break;
      if (tries >= MOST_TRIES && this.#packs.length > 0) break;
      await life.wait(this.#pause(outcome, goal, refusedBy));
    }
    tally.onTheWay--;
    this.#drivenUntilMs = life.scheduler.ms();
  }

  /** Swapped; or interrupted after the new packs were in. */
  #isServed(outcome: Outcome): boolean {
    if (outcome.kind === 'swapped') return true;
    return (
      outcome.kind === 'interrupted' && this.#packs.length === this.#count && this.#packs.every((it) => it.soc > 70)
    );
  }

  /** How long to wait before the next try, in seconds; a station without packs is not tried again on this trip. */
  #pause(outcome: Outcome, goal: Known, refusedBy: Set<string>): number {
    const { packs, chance } = { packs: this.#packs, chance: this.#chance };
    if (packs.length === 0 || outcome.kind !== 'refused') return (2 + 3 * chance.next()) * MINUTE_S;
    // An authorisation that came to nothing lapses after a quarter of an hour.
    if (outcome.why === 'ConcurrentTx' || outcome.why === 'reserved-elsewhere') return 10 * MINUTE_S;
    refusedBy.add(goal.station.id);
    if (this.#it.stationIds.every((it) => refusedBy.has(it) || !this.#streets.stations.has(it))) {
      refusedBy.clear();
      return 30 * MINUTE_S;
    }
    return MINUTE_S;
  }

  async #visit(goal: Known, from: Place, tries: number, underWayS: number): Promise<{ outcome: Outcome; how: How }> {
    const { life, app } = this.#streets;
    const { station } = goal;
    const { idToken, tokenType, packModelIds } = this.#it;
    const how = this.#packs.length === 0 ? 'card' : this.#how();
    // Who was refused before is in the area already; who has no pack does not move.
    const wayMinutes = this.#packs.length === 0 ? 0 : travelMinutes(from, goal.place) / (tries > 1 ? 2 : 1);
    const minutes = underWayS > 0 ? Math.max(wayMinutes - underWayS / MINUTE_S, 2) : wayMinutes;
    let swapId: string | undefined;
    if (how === 'app') {
      const arriveBy = instantOf(life.scheduler.ms() + (minutes + 10) * MINUTE_S * 1000);
      const booking = await life.still(life.scheduler.during(app.reserve(station.id, idToken, arriveBy)));
      if ('swapId' in booking) swapId = booking.swapId;
      else if (booking.why !== 'unreachable') return { outcome: { kind: 'refused', why: booking.why }, how };
    }
    await life.wait(minutes * MINUTE_S);
    const outcome = await life.awaited<Outcome>((done) => {
      station.arrive({
        idToken: { idToken, type: tokenType },
        packModelIds,
        count: this.#count,
        packs: this.#packs,
        ...(how === 'remote' && { startRemotely: () => app.start(station.id, idToken) }),
        done,
      });
      return undefined;
    });
    if (swapId !== undefined && outcome.kind === 'refused') await life.still(life.scheduler.during(app.cancel(swapId)));
    return { outcome, how };
  }

  /** What it drove since the last time. More than the packs could give was charged elsewhere, at home or on a plug. */
  #drive(): void {
    const days = (this.#streets.life.scheduler.ms() - this.#drivenUntilMs) / 86_400_000;
    const neededWh = days * this.#it.kmPerDay * this.#it.whPerKm;
    const keeps = 5 + 10 * this.#chance.next();
    const whPerHour = (this.#it.whPerKm * KM_PER_HOUR) / this.#packs.length;
    for (const pack of this.#packs) {
      const wh = Math.min(neededWh / this.#packs.length, storedAboveWh(pack, keeps));
      drive(pack, { wh, powerW: whPerHour, untilMs: this.#streets.life.scheduler.ms() });
    }
  }

  #how(): How {
    const { app, card, remote } = this.#it.how;
    const point = this.#chance.next() * (app + card + remote);
    return point < app ? 'app' : point < app + card ? 'card' : remote > 0 ? 'remote' : 'card';
  }
}
