import assert from 'node:assert/strict';
import test from 'node:test';
import { type Csms, scene } from '../testing.ts';

const events = (csms: Csms, slotNo: number) =>
  csms
    .of('TransactionEvent')
    .map((it) => it.payload)
    .filter((it) => it.evse.id === slotNo);

const sample = (
  payload: { meterValue: { sampledValue: { measurand: string; value: number }[] }[] },
  measurand: string,
) => payload.meterValue[0]!.sampledValue.find((it) => it.measurand === measurand)!.value;

test('a pack in a slot is charged in one transaction: started, measured every five minutes, resting when full, ended when taken (S04)', async () => {
  const { csms, scheduler, arrive } = await scene();
  await scheduler.turn(3600);
  const running = events(csms, 5);
  assert.equal(running[0].eventType, 'Started');
  assert.equal(running[0].triggerReason, 'CablePluggedIn');
  assert.deepEqual(running[0].idToken, { idToken: '', type: 'NoAuthorization' });
  const full = running.findIndex((it) => it.triggerReason === 'EnergyLimitReached');
  assert.ok(full > 4);
  assert.equal(running[full].transactionInfo.chargingState, 'SuspendedEVSE');
  assert.equal(sample(running[full], 'SoC'), 95);
  assert.equal(full, running.length - 1, 'it rests, and the transaction stays open');
  assert.deepEqual(
    running.map((it) => it.seqNo),
    running.map((_, index) => index),
  );
  const periodic = running.filter((it) => it.triggerReason === 'MeterValuePeriodic');
  for (let i = 1; i < periodic.length; i++) {
    const gap = Temporal.Instant.from(periodic[i - 1].timestamp).until(Temporal.Instant.from(periodic[i].timestamp));
    assert.equal(gap.total('seconds'), 300);
    assert.ok(sample(periodic[i], 'SoC') > sample(periodic[i - 1], 'SoC'));
  }

  csms.clear();
  arrive();
  arrive();
  arrive();
  await scheduler.turn(600);
  const ended = events(csms, 5).find((it) => it.eventType === 'Ended');
  assert.equal(ended.triggerReason, 'EVCommunicationLost');
  assert.equal(ended.transactionInfo.stoppedReason, 'EVDisconnected');
  assert.equal(ended.transactionInfo.transactionId, running[0].transactionInfo.transactionId);
});

test('the register shows exactly the energy that went into the packs', async () => {
  const { csms, scheduler, station } = await scene();
  const storedWh = () =>
    station.slots.reduce((sum, { pack }) => sum + (pack ? (pack.capacityWh * pack.soh * pack.soc) / 10_000 : 0), 0);
  const before = storedWh();
  await scheduler.turn(3600);
  const shownWh = [3, 4, 5].reduce(
    (sum, slot) => sum + sample(events(csms, slot).at(-1), 'Energy.Active.Import.Register'),
    0,
  );
  assert.ok(Math.abs(shownWh - (storedWh() - before)) <= 2);
});

test('together the slots never draw more than the station may', async () => {
  const { csms, scheduler } = await scene({ roster: { powerLimitW: 20_000 } });
  await scheduler.turn(1800);
  const updates = csms.of('TransactionEvent').filter((it) => it.payload.triggerReason === 'MeterValuePeriodic');
  const byTime = Map.groupBy(updates, (it) => it.payload.timestamp);
  for (const at of byTime.values()) {
    const sum = at.reduce((total, it) => total + sample(it.payload, 'Power.Active.Import'), 0);
    assert.ok(sum > 0 && sum <= 20_002, `${sum} W`);
  }
});

test('a pack that came in starts charging at once', async () => {
  const { csms, scheduler, arrive } = await scene();
  csms.clear();
  arrive();
  await scheduler.turn(2400);
  const [started, ...rest] = events(csms, 1);
  assert.equal(started.eventType, 'Started');
  assert.equal(sample(started, 'SoC'), 20);
  assert.ok(sample(rest.at(-1), 'SoC') > 40);
});
