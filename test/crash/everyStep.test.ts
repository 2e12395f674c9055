// Issue 2: the server is killed with SIGKILL at every step of a swap, with the message of that step on its way and again
// with its answer just there. Twenty stations stand at the twenty steps when it dies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { DoWork } from '#kernel';
import { makeKey } from '#party';
import { systemClock } from '#units';
import { ownDatabase } from '../database.ts';
import { type BuiltVehicle, buildNetwork } from '../network.ts';
import { type ServerProcess, startServerProcess } from '../server.ts';
import { demandTrueBooks } from './books.ts';
import { DurableStation, type Watch } from './station.ts';
import { type Message, messages, type Phone, swapStepByStep } from './swapping.ts';

/** How long after the messages went out the server is killed: before it reads them, in the transaction, around its commit. */
const onTheWay = [0, 4, 9, 15, 25];

test(
  'wherever the server is killed in a swap, the driver gets a pack, is charged once, and every pack is where it is',
  ownDatabase(async ({ url, pool, doWorkAt }) => {
    const doWork = doWorkAt({ clock: systemClock });
    const network = await buildNetwork(doWork, { stations: messages.length, standing: 10, vehicles: messages.length });
    const phone = { key: await keyOf(doWork), http: '' };
    let server = await startServerProcess({ databaseUrl: url });
    const { port } = server;
    const stations = network.stations.map((it) => new DurableStation(server.ocpp, it));
    const vehicles = network.vehicles.map((it) => ({ ...it, packs: [...it.packs] }));
    const swapsOf = new Map<string, number>();
    const outstanding = new Set<Message>();
    const afterwards = new Set<Message>();
    try {
      for (const round of [...onTheWay.map((afterMs) => ({ afterMs })), { afterMs: undefined }]) {
        const crash = new Crash(server, messages.length, round.afterMs);
        const swaps = stations.map((station, index) =>
          swapUnder(crash, messages[index]!, {
            station,
            vehicle: vehicles[index]!,
            phone: { ...phone, http: server.http },
          }),
        );
        await Promise.race([crash.done, Promise.all(swaps)]);
        for (const it of crash.unanswered) outstanding.add(it);
        for (const it of crash.answered) afterwards.add(it);
        server = await startServerProcess({ databaseUrl: url, port });
        await Promise.all(swaps);
        for (const { driverId } of vehicles) swapsOf.set(driverId, (swapsOf.get(driverId) ?? 0) + 1);
      }
      assert.deepEqual(
        [...outstanding].toSorted(),
        messages.toSorted(),
        'each message was on its way once when it died',
      );
      assert.deepEqual([...afterwards].toSorted(), messages.toSorted(), 'each answer had just come once when it died');
      assert.deepEqual(server.complaints, []);
      await demandTrueBooks(pool, doWork, { network, stations, vehicles, swapsOf });
    } finally {
      for (const it of stations) it.stop();
      await server.kill();
    }
  }),
);

const keyOf = (doWork: DoWork) =>
  doWork((work) =>
    makeKey(work, { name: 'phone', scopes: ['drive'], random: crypto.getRandomValues(new Uint8Array(32)) }),
  );

/** Kills the server once as many stations stand at their steps. */
class Crash {
  /** By the moment of death. */
  readonly unanswered = new Set<Message>();
  readonly answered = new Set<Message>();
  readonly afterMs: number | undefined;
  readonly #server: ServerProcess;
  readonly #stations: number;
  readonly #all = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<void>();
  #arrived = 0;

  constructor(server: ServerProcess, stations: number, afterMs: number | undefined) {
    this.#server = server;
    this.#stations = stations;
    this.afterMs = afterMs;
  }

  get done(): Promise<void> {
    return this.#over.promise;
  }

  /** A station stands before its message; they all send theirs in one moment, then the server dies. */
  async beforeSending(): Promise<void> {
    this.#arrive();
    await this.#all.promise;
  }

  /** A station has its answer; it goes on when the server is dead. */
  async afterAnswer(message: Message): Promise<void> {
    this.answered.add(message);
    this.#arrive();
    await this.#over.promise;
  }

  #arrive(): void {
    if (++this.#arrived < this.#stations) return;
    this.#all.resolve();
    void this.#kill();
  }

  async #kill(): Promise<void> {
    if (this.afterMs !== undefined) await wait(this.afterMs);
    await this.#server.kill();
    this.#over.resolve();
  }
}

interface Task {
  readonly station: DurableStation;
  readonly vehicle: BuiltVehicle;
  readonly phone: Phone;
}

async function swapUnder(crash: Crash, at: Message, { station, vehicle, phone }: Task): Promise<void> {
  let isDue = true;
  let isDead = false;
  void crash.done.then(() => {
    isDead = true;
  });
  const watch: Watch =
    crash.afterMs === undefined
      ? {
          answered: (message) => {
            if (message !== at || !isDue) return;
            isDue = false;
            return crash.afterAnswer(at);
          },
        }
      : {
          before: async (message) => {
            if (message !== at || !isDue) return;
            isDue = false;
            crash.unanswered.add(at);
            await crash.beforeSending();
          },
          // Whether the server has heard our answer to its own message, we never learn.
          answered: (message) => void (message === at && at !== 'settle' && !isDead && crash.unanswered.delete(at)),
        };
  station.watch = watch;
  await swapStepByStep(station, vehicle, { phone });
}
