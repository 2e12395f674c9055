import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testStart } from '../../test/work.ts';
import { chargeOf, samplesIn } from './charge.ts';
import { log } from './inbox.ts';
import { gateway, type Network, stationName, txEvent } from './testing.ts';

const A = stationName(1);
const at = (seconds: number) => testStart.add({ seconds }).toString();
const cells = { vendorId: 'org.packloop', cellMv: [3301, 3299], probesC: [27.4, 26], insulationOhmPerV: 13_000 };
const value = (seconds: number, values: Readonly<Record<string, number>>, customData?: object) => ({
  timestamp: at(seconds),
  sampledValue: Object.entries(values).map(([measurand, value]) => ({ measurand, value })),
  ...(customData && { customData }),
});
const register = 'Energy.Active.Import.Register';

const charge = ({ doWork }: Network, transactionId = 'tx-1', minutes = 60) =>
  doWork((work) => chargeOf(work, { stationId: A, transactionId, from: testStart, to: testStart.add({ minutes }) }));
const seconds = (samples: readonly { at: Temporal.Instant }[]) =>
  samples.map((it) => (it.at.epochMilliseconds - testStart.epochMilliseconds) / 1000);

test(
  'a charge is read back as it was told: at rest, under current, at rest again, in time order and each sample once',
  gateway(async (network) => {
    await network.build(2);
    const station = network.connect(A);
    const tell = (seqNo: number, ...meterValue: object[]) =>
      station.call('TransactionEvent', txEvent(seqNo, { meterValue }));
    network.clock.now = testStart.add({ minutes: 30 });
    const rest = value(
      0,
      { [register]: 0, SoC: 20, 'Power.Active.Import': 0, Voltage: 350, 'Current.Import': 0 },
      cells,
    );
    const last = value(600, { [register]: 5000, SoC: 40, Voltage: 360.5, 'Current.Import': 85.5 }, cells);
    const after = value(660, { [register]: 5000, SoC: 40, Voltage: 355, 'Current.Import': 0 });
    await tell(0, rest);
    await tell(2, last, after); // overtakes the one before it
    await tell(1, value(300, { [register]: 2500, SoC: 30, Voltage: 358, 'Current.Import': 85 }));
    await tell(3, last, value(1200, { SoC: 40, Voltage: 354, 'Current.Import': 0 }, cells));
    await tell(3, last, value(1200, { SoC: 40, Voltage: 354, 'Current.Import': 0 }, cells)); // said again
    const other = txEvent(0, { transactionInfo: { transactionId: 'tx-10' }, evse: { id: 2 } });
    await station.call('TransactionEvent', other);
    await network.connect(stationName(2)).call('TransactionEvent', txEvent(0));

    const samples = await charge(network);
    assert.deepEqual(seconds(samples), [0, 300, 600, 660, 1200]);
    const { vendorId, ...ofCells } = cells;
    assert.deepEqual(samples[0], {
      at: testStart,
      soc: 20,
      energyWh: 0,
      powerW: 0,
      voltageV: 350,
      currentA: 0,
      ...ofCells,
    });
    assert.deepEqual(
      samples.map((it) => it.currentA),
      [0, 85, 85.5, 0, 0],
    );
    assert.deepEqual(
      samples.map((it) => it.cellMv !== undefined),
      [true, false, true, false, true],
    );
    assert.deepEqual(await charge(network, 'tx-2'), []);
  }),
);

test(
  'what a station told a while after the charge is found, and what it was refused is not',
  gateway(async (network) => {
    await network.build(1);
    const station = network.connect(A);
    await station.call('TransactionEvent', txEvent(0));
    network.clock.now = testStart.add({ hours: 6 });
    await station.call('TransactionEvent', txEvent(1, { offline: true }));
    await assert.rejects(station.call('TransactionEvent', txEvent(2, { triggerReason: 'Boredom' })));
    assert.deepEqual(seconds(await charge(network, 'tx-1', 10)), [0, 60]);
    assert.deepEqual(seconds(await charge(network, 'tx-1~2', 10)), [0, 60], 'an id used again is the station’s own id');
  }),
);

test(
  'units, phases and sides of a charger are told apart: kW, mV by multiplier, the grid’s side left out',
  gateway(async (network) => {
    await network.build(1);
    const sampledValue = [
      { value: 1.5, unitOfMeasure: { unit: 'kWh' } },
      { measurand: 'Power.Active.Import', value: 36, unitOfMeasure: { unit: 'kW' }, location: 'Outlet' },
      { measurand: 'Voltage', value: 350_200, unitOfMeasure: { unit: 'V', multiplier: -3 } },
      { measurand: 'Voltage', value: 400, location: 'Inlet' },
      { measurand: 'Current.Import', value: 63, phase: 'L1' },
      { measurand: 'SoC', value: 140, location: 'EV' },
    ];
    await network.connect(A).call('TransactionEvent', txEvent(0, { meterValue: [{ timestamp: at(0), sampledValue }] }));
    assert.deepEqual(await charge(network), [{ at: testStart, energyWh: 1500, powerW: 36_000, voltageV: 350.2 }]);
  }),
);

const strange: readonly string[] = [
  'no JSON, tx-1',
  '[2,"a","TransactionEvent","tx-1"]',
  '{"tx-1":1}',
  JSON.stringify([2, 'b', 'TransactionEvent', { ...txEvent(4), meterValue: 'tx-1' }]),
  JSON.stringify([2, 'c', 'TransactionEvent', { ...txEvent(5), meterValue: [null, 7, { timestamp: 'noon' }] }]),
  JSON.stringify([
    2,
    'd',
    'TransactionEvent',
    {
      ...txEvent(6),
      meterValue: [
        {
          timestamp: at(360),
          sampledValue: [
            { measurand: 'SoC', value: '50' },
            { measurand: 'Voltage', value: 1e9 },
            { measurand: 'Current.Import', value: 5, unitOfMeasure: { unit: 'bananas' } },
            { measurand: 'Power.Active.Import', value: 5, unitOfMeasure: 'W' },
            null,
          ],
          customData: { vendorId: 'org.packloop', cellMv: [3300, 'x'], probesC: 25, insulationOhmPerV: -1 },
        },
        { timestamp: at(361), sampledValue: {}, customData: { ...cells, vendorId: 'org.stranger' } },
      ],
    },
  ]),
];

test(
  'kept messages of strangers, with wrong types and figures that cannot be, spoil nothing',
  gateway(async (network) => {
    await network.build(1);
    await network.connect(A).call('TransactionEvent', txEvent(0));
    await network.doWork((work) =>
      log(
        work,
        strange.map((raw, index) => ({
          stationId: A,
          messageId: `strange-${index}`,
          digest: String(index).padStart(32, '0'),
          direction: 'in' as const,
          action: 'TransactionEvent',
          raw,
          answer: '{}',
        })),
      ),
    );
    const samples = await charge(network);
    assert.deepEqual(seconds(samples), [0, 360]);
    assert.deepEqual(Object.keys(samples[1]!), ['at', 'powerW']);
  }),
);

test('whatever a payload is, reading it does not throw, and samples come in time order', () => {
  const anyValue = fc.record(
    {
      timestamp: fc.oneof(fc.constantFrom(at(0), at(60), at(120)), fc.anything()),
      sampledValue: fc.oneof(
        fc.array(fc.record({ measurand: fc.constantFrom('SoC', 'Voltage', 'x'), value: fc.anything() })),
        fc.anything(),
      ),
      customData: fc.oneof(fc.record({ vendorId: fc.constant('org.packloop'), cellMv: fc.anything() }), fc.anything()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(anyValue, fc.anything())), fc.anything(), (meterValue, seqNo) => {
      const frame = JSON.stringify(
        [2, 'm', 'TransactionEvent', { transactionInfo: { transactionId: 'tx' }, seqNo, meterValue }],
        (_, it) => (typeof it === 'bigint' ? String(it) : it),
      );
      const samples = samplesIn([frame, frame], ['tx']);
      const times = samples.map((it) => it.at.epochMilliseconds);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.deepEqual(samplesIn([frame], ['tx']), samples, 'said twice is said once');
    }),
  );
});
