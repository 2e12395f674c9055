// The way from a charge that ended to an estimate: announced, queued, done once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimatesOf } from '#health';
import { type ChargingEvent, chargingReported } from '#station';
import type { SlotNo } from '#units';
import { withServer } from '../test/app.ts';
import { packCode, smallNetwork, st1 } from '../test/seed.ts';

test(
  'a charge that ends is looked at by the next job, and one of which the station told nothing says so',
  withServer(async ({ app }) => {
    const event = (seqNo: number, kind: ChargingEvent['kind'], minutes: number): ChargingEvent => ({
      ...{ stationId: st1, transactionId: 'tx', slotNo: 1 as SlotNo, seqNo, kind, offline: false },
      at: app.clock().subtract({ minutes: 60 - minutes }),
    });
    await app.doWork(smallNetwork);
    await app.doWork((work) => chargingReported(work, [event(0, 'started', 0)]));
    await app.drain();
    assert.deepEqual(await app.doWork((work) => estimatesOf(work, packCode(1))), [], 'it charges still');
    await app.doWork((work) => chargingReported(work, [event(1, 'ended', 50)]));
    await app.drain();
    await app.doWork((work) => chargingReported(work, [event(1, 'ended', 50)]));
    await app.drain();
    const estimates = await app.doWork((work) => estimatesOf(work, packCode(1)));
    assert.deepEqual(
      estimates.map((it) => [it.transactionId, it.standing, it.why]),
      [['tx', 'abstained', 'no-voltage']],
    );
  }),
);
