// The way from what a station tells of a hot pack to what the network does about it, through the real gateway.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { gradeNow, standsAgainst } from '#health';
import { type CallFrame, socketPair } from '#link';
import { find, packModel } from '#pack';
import { anomalies } from '#station';
import { type TestApp, withServer } from '../test/app.ts';
import { packCode, smallNetwork, st1 } from '../test/seed.ts';
import type { App } from './app.ts';
import { BY_TEST, type Evidence } from './health/grade/evidence.ts';
import { gradePack } from './health/grade/gradePack.ts';
import { stationOn } from './ocpp/testing.ts';

const hot = packCode(1);

interface Told {
  readonly eventType: string;
  readonly lowMv: number;
  readonly otherMv: number;
  readonly probes: number;
  readonly insulationOhmPerV?: number;
}
type Scene = Awaited<ReturnType<typeof charging>>;

/** A station in whose first slot a pack charges. It does all that it is asked. */
async function charging(app: App) {
  await app.doWork(smallNetwork);
  const [pack] = await app.doWork((work) => find(work, [hot]));
  const { series } = packModel(pack!.model)!;
  const asked: CallFrame[] = [];
  const [here, there] = socketPair();
  const station = stationOn(here, st1, (call) => {
    asked.push(call);
    return call.action === 'SetVariables' ? { setVariableResult: [accepted(call)] } : { status: 'Accepted' };
  });
  app.ocpp.accept(st1, there);
  let seqNo = 0;
  /** `s`: seconds since the charge began, ten minutes ago. */
  const tell = async (s: number, probeC: number, told: Partial<Told> = {}) => {
    const { eventType = 'Updated', lowMv = 4000, otherMv = 4000, probes = 3 } = told;
    const timestamp = app.clock().subtract({ minutes: 10 }).add({ seconds: s }).toString();
    const cellMv = [lowMv, ...new Array<number>(series - 1).fill(otherMv)];
    const sampledValue = [
      { measurand: 'Current.Import', value: 50, unitOfMeasure: { unit: 'A' } },
      { measurand: 'Voltage', value: 4 * series, unitOfMeasure: { unit: 'V' } },
    ];
    const customData = {
      vendorId: 'org.packloop',
      cellMv,
      probesC: [25, probeC, 26].slice(0, probes),
      insulationOhmPerV: told.insulationOhmPerV,
    };
    await station.call('TransactionEvent', {
      ...{ eventType, timestamp, triggerReason: 'MeterValuePeriodic', seqNo: seqNo++, offline: false },
      transactionInfo: { transactionId: 'tx', chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp, sampledValue, customData }],
    });
  };
  /** As the slot itself measures it, outside of any transaction. */
  const notice = async (minutes: number, slotNo: number, celsius: string) => {
    const timestamp = app.clock().subtract({ minutes: 10 }).add({ minutes }).toString();
    await station.call('NotifyEvent', {
      ...{ generatedAt: timestamp, seqNo: 0 },
      eventData: [
        {
          ...{ eventId: 1, timestamp, trigger: 'Delta', actualValue: celsius, eventNotificationType: 'CustomMonitor' },
          ...{ component: { name: 'BatteryCartridge', evse: { id: slotNo } }, variable: { name: 'Temperature' } },
        },
      ],
    });
  };
  /** Outside of any transaction, all probes of the pack in a slot. */
  const meter = async (s: number, slotNo: number, probesC: readonly number[]) => {
    const timestamp = app.clock().subtract({ minutes: 5 }).add({ seconds: s }).toString();
    const sampledValue = [{ measurand: 'SoC', value: 50 }];
    const customData = { vendorId: 'org.packloop', probesC };
    await station.call('MeterValues', { evseId: slotNo, meterValue: [{ timestamp, sampledValue, customData }] });
  };
  await tell(0, 30, { eventType: 'Started' });
  return { tell, asked, notice, meter };
}

const accepted = ({ payload }: CallFrame) => {
  const [{ component, variable }] = (payload as { setVariableData: { component: object; variable: object }[] })
    .setVariableData as [{ component: object; variable: object }];
  return { attributeStatus: 'Accepted', component, variable };
};

async function standing(app: App, code = hot) {
  return await app.doWork(async (work) => ({
    risk: await standsAgainst(work, code),
    grade: (await gradeNow(work, code))?.grade,
    shut: (await find(work, [code]))[0]!.quarantined,
    lines: (await anomalies(work, { most: 20 })).map((it) => it.kind),
  }));
}

/** Commands are sent after the work that asked for them. */
async function sent(asked: readonly CallFrame[], many: number): Promise<CallFrame[]> {
  for (let n = 0; n < 200 && asked.length < many; n++) await new Promise((resolve) => setTimeout(resolve, 10));
  return [...asked];
}

/** What a pack told whose first list of thermometers was cut short, or that was hot or dead from the first reading. */
const stories = {
  'other thermometers than at first': async ({ tell }: Scene) => {
    await tell(299, 25, { probes: 1 });
    for (let s = 0; s < 19; s++) await tell(300 + s, 25 + 10 * s);
  },
  'hot from the first reading': async ({ tell }: Scene) => {
    for (let s = 0; s < 8; s++) await tell(300 + 10 * s, 95);
  },
  'all cells fall to nothing': async ({ tell }: Scene) => {
    for (let s = 0; s < 8; s++) await tell(300 + s, 25, { lowMv: s ? 0 : 4000, otherMv: s ? 0 : 4000 });
  },
  'one cell falls to half a volt': async ({ tell }: Scene) => {
    for (let s = 0; s < 12; s++) await tell(300 + s, 25, { lowMv: 3800 - 300 * s });
  },
  'a clock that is two hours ahead': async ({ tell }: Scene) => {
    for (let s = 0; s < 12; s++) await tell(7800 + s, 25 + 10 * s);
  },
};
const found: Record<keyof typeof stories, string> = {
  'other thermometers than at first': 'runaway',
  'hot from the first reading': 'overheat',
  'all cells fall to nothing': 'fallen',
  'one cell falls to half a volt': 'fallen',
  'a clock that is two hours ahead': 'runaway',
};

for (const [name, tellIt] of Object.entries(stories))
  test(
    `${name}: the pack is stopped at that moment, and never since later than now`,
    withServer(async ({ app }) => {
      const scene = await charging(app);
      await tellIt(scene);
      await app.drain();
      const { risk, shut, lines } = await standing(app);
      assert.deepEqual(
        [risk?.level, risk?.reasons[0]?.detector, shut],
        ['stop', found[name as keyof typeof stories], true],
      );
      assert.ok(
        lines.some((it) => it === 'thermal-runaway' || it === 'pack-stopped'),
        lines.join(),
      );
      assert.ok(risk!.reasons[0]!.sinceS * 1000 <= app.clock().epochMilliseconds);
      assert.ok((await app.audit()).clean);
    }),
  );

for (const celsius of ['66', '300', '999'])
  test(
    `a pack that rests in its slot and whose only thermometer reads ${celsius} °C is given to nobody, and a line says so`,
    withServer(async ({ app }) => {
      const { notice, asked } = await charging(app);
      await notice(1, 2, '25');
      await notice(2, 2, celsius);
      await app.drain();
      const { risk, shut, lines } = await standing(app, packCode(2));
      assert.deepEqual([risk?.level, risk?.reasons[0]?.detector, shut], ['stop', 'overheat', true]);
      assert.ok(lines.includes('pack-stopped'), lines.join());
      assert.equal(asked.length, 0, 'nothing charges there, and nothing says that it burns');
      assert.ok((await app.audit()).clean);
    }),
  );

test(
  'a pack that runs away outside of any charge is found as well, and what a slot warms within limits is no alarm',
  withServer(async ({ app }) => {
    const { notice, meter, asked } = await charging(app);
    await notice(1, 3, '55');
    for (let s = 0; s < 8; s++) await meter(2 * s, 2, [25, 25 + 20 * s, 26]);
    await app.drain();
    const { risk, lines } = await standing(app, packCode(2));
    assert.deepEqual([risk?.level, risk?.reasons[0]?.detector], ['stop', 'runaway']);
    assert.ok(lines.includes('thermal-runaway'));
    assert.deepEqual(
      (await sent(asked, 3)).map((it) => it.action),
      ['SetVariables', 'ChangeAvailability', 'ChangeAvailability'],
    );
    assert.equal((await standing(app, packCode(3))).risk?.level ?? 'calm', 'calm');
  }),
);

test(
  'alarms that come faster than they are looked at are looked at a moment later, not forgotten',
  withServer(async ({ app }) => {
    const { tell } = await charging(app);
    await tell(300, 55);
    await app.drain();
    for (let s = 1; s < 12; s++) await tell(300 + s, 55 + 2 * s);
    await app.drain();
    await app.tick();
    assert.equal((await standing(app)).risk?.level ?? 'calm', 'calm', 'not within the second');
    const second = sql`update health.alarm set looked_at = looked_at - interval '1 second'`;
    await app.doWork((work) => second.execute(work.db));
    await app.tick();
    await app.drain();
    assert.equal((await standing(app)).risk?.reasons[0]?.detector, 'runaway');
  }),
);

test(
  'a pack whose insulation is below the law is stopped while it stands there, not when it has left',
  withServer(async ({ app }) => {
    const { tell } = await charging(app);
    await tell(300, 25, { insulationOhmPerV: 99 });
    await app.drain();
    const { risk, shut } = await standing(app);
    assert.deepEqual([risk?.level, risk?.reasons[0]?.detector, shut], ['stop', 'insulation-law', true]);
  }),
);

const runsAway = async ({ tell }: Scene) => {
  for (let s = 0; s < 12; s++) await tell(300 + s, 50 + 2 * s, { lowMv: 4000 - 100 * s });
};

test(
  'a pack that runs away in a slot: charging stops, the fire system is called, slot and station are shut, the pack never drives again',
  withServer(async ({ app }) => {
    const scene = await charging(app);
    await runsAway(scene);
    await app.drain();

    const { risk, grade, shut, lines } = await standing(app);
    assert.deepEqual([risk?.level, risk?.reasons[0]?.detector, grade, shut], ['stop', 'runaway', 'recycle', true]);
    assert.ok(lines.includes('thermal-runaway'), lines.join());
    const asked = await sent(scene.asked, 4);
    assert.deepEqual(
      asked.map(({ action, payload }) => [action, JSON.stringify(payload)]),
      [
        ['RequestStopTransaction', '{"transactionId":"tx"}'],
        [
          'SetVariables',
          '{"setVariableData":[{"variable":{"name":"Active"},"component":{"evse":{"id":1},"name":"FireAlarm"},"attributeValue":"true"}]}',
        ],
        ['ChangeAvailability', '{"evse":{"id":1},"operationalStatus":"Inoperative"}'],
        ['ChangeAvailability', '{"operationalStatus":"Inoperative"}'],
      ],
    );

    await runsAway(scene);
    await app.drain();
    assert.equal((await sent(scene.asked, 4)).length, 4, 'told again, it is answered once');
    assert.ok((await app.audit()).clean);
  }),
);

test(
  'a pack that is only warm, and one that warms slowly, is left alone',
  withServer(async ({ app }) => {
    const { tell, asked } = await charging(app);
    for (let s = 0; s < 10; s++) await tell(10 + s, 52);
    for (let s = 0; s < 6; s++) await tell(60 + 60 * s, 52 + s);
    await app.drain();
    const { risk, shut, lines } = await standing(app);
    assert.deepEqual([risk?.level ?? 'calm', shut, asked.length], ['calm', false, 0]);
    assert.ok(!lines.includes('thermal-runaway'));
  }),
);

test(
  'one wild reading of a thermometer stops no pack and shuts no station, not even one that no thermometer can make',
  withServer(async ({ app }) => {
    const { tell, asked } = await charging(app);
    for (const [n, wild] of [85, 199, 999].entries()) {
      await tell(60 + 120 * n, 25);
      await tell(115 + 120 * n, wild);
      await tell(120 + 120 * n, 25);
    }
    await app.drain();
    const { risk, grade, shut, lines } = await standing(app);
    assert.deepEqual([risk?.level === 'stop', grade, shut, asked.length], [false, undefined, false, 0]);
    assert.ok(!lines.includes('thermal-runaway'));
  }),
);

test(
  'a runaway that was a broken cable is taken back by who found it, and a capacity test brings the pack back to drivers',
  withServer(async ({ app, as }: TestApp) => {
    await runsAway(await charging(app));
    await app.drain();
    const technician = await as('operate', 'read');
    const clear = (body: object) => technician.post(`/v1/packs/${hot}/risk/clear`, body);
    const well = await clear({ finding: 'looked fine' });
    assert.deepEqual([well.status, well.body.type], [409, '/problems/runaway-stands']);
    assert.equal((await clear({ finding: 'wire of probe 2 torn, replaced', cause: 'magic' })).status, 400);
    const cleared = await clear({ finding: 'wire of probe 2 torn, replaced', cause: 'cable' });
    assert.deepEqual(
      [cleared.status, cleared.body.risk.level, cleared.body.risk.cleared.cause],
      [200, 'calm', 'cable'],
    );

    assert.deepEqual(
      Object.values(await standing(app)).slice(1, 3),
      ['recycle', true],
      'a word alone brings nothing back',
    );
    await app.doWork((work) => gradePack(work, hot, testedAt(work.at.add({ seconds: 1 }))));
    assert.deepEqual(Object.values(await standing(app)).slice(1, 3), ['vehicle', false]);
    assert.ok((await app.audit()).clean);
  }),
);

const testedAt = (measuredAt: Temporal.Instant): Evidence => ({
  ...{ vetoes: [], resistanceRatio: 1, consistency: 1, historyKnown: true },
  estimate: { soh: 95, lower: 94, upper: 96, level: 90, measuredAt, basis: BY_TEST },
});

test(
  'who cleared a pack is asked for what he found; what its grade says remains, and a stranger’s pack is not there',
  withServer(async ({ app, as }: TestApp) => {
    await runsAway(await charging(app));
    await app.drain();
    const technician = await as('operate', 'read');
    const path = `/v1/packs/${hot}/risk`;
    const seen = await technician.get(path);
    assert.deepEqual([seen.status, seen.body.risk.level, seen.body.risk.reasons[0].probe], [200, 'stop', 1]);
    const early = await technician.post(`/v1/packs/${hot}/clear`, { finding: 'cooled down' });
    assert.deepEqual([early.status, early.body.type], [409, '/problems/risk-stands']);
    assert.equal((await technician.post(`${path}/clear`, { finding: '' })).status, 400);
    const cleared = await technician.post(`${path}/clear`, { finding: 'a probe was loose', cause: 'sensor' });
    assert.deepEqual(
      [cleared.status, cleared.body.risk.level, cleared.body.risk.cleared.finding],
      [200, 'calm', 'a probe was loose'],
    );
    const again = await technician.post(`${path}/clear`, { finding: 'a probe was loose' });
    assert.deepEqual([again.status, again.body.type], [409, '/problems/no-risk']);
    assert.equal((await standing(app)).grade, 'recycle');
    assert.equal((await technician.get(`/v1/packs/${packCode(77)}/risk`)).status, 404);
    const none = await technician.get(`/v1/packs/${packCode(2)}/risk`);
    assert.deepEqual(none.body, { code: packCode(2), risk: null });
    assert.ok((await app.audit()).clean);
  }),
);
