// Issue 2: the server is killed in the middle of batches, under load; and the database hangs up on it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { chance, systemClock } from '#units';
import { ownDatabase } from '../database.ts';
import { buildNetwork } from '../network.ts';
import { startServerProcess } from '../server.ts';
import { demandTrueBooks } from './books.ts';
import { Load } from './load.ts';

const NETWORK = { stations: 40, standing: 8, vehicles: 80 };
const KILLS = 10;

test(
  'forty stations swap while the server is killed ten times: no swap is lost, none is booked twice',
  ownDatabase(async ({ url, pool, doWorkAt }) => {
    const doWork = doWorkAt({ clock: systemClock });
    const network = await buildNetwork(doWork, NETWORK);
    const dice = chance(20_261_122);
    let server = await startServerProcess({ databaseUrl: url });
    const { port } = server;
    const load = new Load(server.ocpp, network);
    try {
      const running = load.run();
      for (let kills = 0; kills < KILLS; kills++) {
        await Promise.race([wait(dice.between(300, 1100)), running]);
        await server.kill();
        server = await startServerProcess({ databaseUrl: url, port });
      }
      load.end();
      await running;
      const repeated = load.stations.reduce((sum, it) => sum + it.repeated, 0);
      assert.ok(repeated >= KILLS, `messages were on their way when it died, and came again: ${repeated}`);
      assert.ok(load.swaps > NETWORK.stations, `${load.swaps} swaps`);
      assert.deepEqual(server.complaints, []);
      await demandTrueBooks(pool, doWork, { ...load, network });
    } finally {
      load.stop();
      await server.kill();
    }
  }),
);

test(
  'the database hangs up on the server again and again: the server stays up, and no swap is lost or booked twice',
  ownDatabase(async ({ url, pool, doWorkAt }) => {
    const doWork = doWorkAt({ clock: systemClock });
    const network = await buildNetwork(doWork, NETWORK);
    const server = await startServerProcess({ databaseUrl: url });
    const load = new Load(server.ocpp, network);
    try {
      const running = load.run();
      let hungUp = 0;
      for (let times = 0; times < 6; times++) {
        await Promise.race([wait(700), running]);
        const { rowCount } = await pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'packloop'
             and (state = 'active' or state like 'idle in transaction%')`,
        );
        hungUp += rowCount ?? 0;
      }
      const before = load.swaps;
      await Promise.race([wait(700), running]);
      assert.ok(load.swaps > before, 'stations go on swapping');
      load.end();
      await running;
      assert.ok(hungUp > 0, 'transactions were under way');
      assert.ok(server.isUp);
      assert.ok(server.complaints.length <= 2 * hungUp, 'a line for each connection lost, not for each message');
      assert.deepEqual(
        server.complaints.filter((it) => !/out of reach|could not|tick/.test(it)).map((it) => it.slice(0, 300)),
        [],
      );
      await demandTrueBooks(pool, doWork, { ...load, network });
    } finally {
      load.stop();
      await server.kill();
    }
  }),
);
