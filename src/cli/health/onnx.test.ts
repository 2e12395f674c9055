// ONNX models plugged in, on SYNTHETIC cells. The model file is written here byte by byte, so that no tool of others is needed;
// it is scored by the real runtime, where PACKLOOP_ONNX names the folder in which that is installed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIGNALS } from '#health/lab';
import { workshop } from './testing.ts';

const { packloop, file, cells: made } = workshop();
const { cells } = made(3, 21, 60);

// Protocol buffers: a field is its number and wire type, then a varint or so many bytes (protobuf.dev/programming-guides/encoding).
const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(value >> 7)]);
const int = (field: number, value: number) => [...varint(field << 3), ...varint(value)];
const part = (field: number, bytes: Iterable<number>) => [
  ...varint((field << 3) | 2),
  ...varint([...bytes].length),
  ...bytes,
];
const text = (field: number, value: string) => part(field, Buffer.from(value));

// onnx.proto of ONNX 1.16: field numbers of TensorProto, ValueInfoProto, NodeProto, GraphProto, ModelProto.
const FLOAT = 1;
const tensor = (name: string, dims: readonly number[], values: readonly number[]) => [
  ...dims.flatMap((it) => int(1, it)),
  ...int(2, FLOAT),
  ...text(8, name),
  ...part(9, Buffer.from(Float32Array.from(values).buffer)),
];
const value = (name: string, dims: readonly number[]) => {
  const shape = part(
    2,
    dims.flatMap((it) => part(1, int(1, it))),
  );
  return [...text(1, name), ...part(2, part(1, [...int(1, FLOAT), ...shape]))];
};
const gemm = (out: string) => [
  ...['signals', 'weights', `${out}-bias`].flatMap((it) => text(1, it)),
  ...text(2, out),
  ...text(4, 'Gemm'),
];

/** A linear model: one Gemm for the estimate and each bound, with weights in common. */
function linear(weights: readonly number[], biases: Readonly<Record<string, number>>): Buffer {
  const outs = Object.keys(biases);
  const graph = [
    ...outs.flatMap((it) => part(1, gemm(it))),
    ...text(2, 'linear'),
    ...part(5, tensor('weights', [weights.length, 1], weights)),
    ...outs.flatMap((it) => part(5, tensor(`${it}-bias`, [1], [biases[it]!]))),
    ...part(11, value('signals', [1, weights.length])),
    ...outs.flatMap((it) => part(12, value(it, [1, 1]))),
  ];
  return Buffer.from([...int(1, 8), ...part(7, graph), ...part(8, [...text(1, ''), ...int(2, 13)])]);
}

// In the synthetic cells the charge at constant current is 2 Ah of (0.2 - 0.25 of what is lost), nearly.
const CHARGE = SIGNALS.indexOf('CC Q');
const weights = SIGNALS.map((_, i) => (i === CHARGE ? 2 : 0));
const figures = (of: (values: number[]) => number) =>
  SIGNALS.map((_, k) =>
    of(cells.flatMap((it) => Array.from({ length: it.rows }, (_, i) => it.signals[i * SIGNALS.length + k]!))),
  );
const card = {
  schema: 'packloop-plugged/1',
  group: { name: 'S', nominalAh: 2, chemistry: 'SYNTHETIC' },
  range: {
    low: figures((it) => Math.min(...it)),
    middle: figures((it) => it.toSorted((a, b) => a - b)[it.length >> 1]!),
    high: figures((it) => Math.max(...it)),
  },
};
file('good.onnx', linear(weights, { soh: 0.2, low: 0.17, high: 0.23 }));
file('good.onnx.json', JSON.stringify(card));
file('bare.onnx', linear(weights, { soh: 0.2 }));
file('bare.onnx.json', JSON.stringify(card));
file('mad.onnx', linear(weights, { soh: 0.2, low: 0.3, high: 0.1 }));
file('mad.onnx.json', JSON.stringify(card));

const runtime = process.env.PACKLOOP_ONNX;
const real = {
  skip: runtime ? false : 'PACKLOOP_ONNX names no folder with onnxruntime-web or -node: no real runtime to score with',
};
const predict = (model: string, cell: string, ...more: string[]) =>
  packloop('predict', cell, '--model', model, '--onnx-runtime', runtime ?? '.', '--json', ...more);

test(
  'an ONNX model is scored charge by charge, with its interval; what it says is what its weights say',
  real,
  async () => {
    const said = await predict('good.onnx', 'data/cells/1.csv');
    assert.equal(said.code, 0, said.out + said.errors);
    const rows = said.out
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it));
    const cell = cells[1]!;
    assert.equal(rows.length, cell.rows);
    assert.deepEqual([rows[0].soh, rows[0].reason], [null, 'fewer than 3 charges so far']);
    for (const it of rows.slice(2)) {
      const charge = cell.signals[(it.cycle - 1) * SIGNALS.length + CHARGE]!;
      assert.ok(Math.abs(it.soh.value - (2 * charge + 0.2)) < 1e-6, JSON.stringify(it));
      assert.ok(Math.abs(it.soh.value - it.soh.low - 0.03) < 1e-6 && it.standing === 'sound', JSON.stringify(it));
      assert.equal(it.remaining, null);
    }
    const held = rows
      .slice(2)
      .filter((it) => it.soh.low <= cell.soh[it.cycle - 1]! && cell.soh[it.cycle - 1]! <= it.soh.high);
    assert.ok(held.length > 0.9 * rows.length, `${held.length} of ${rows.length}`);
    assert.match(rows[0].model, /^sha256:/);
    assert.ok(rows.at(-1).course.trend);
  },
);

test('a charge unlike those of its card gets a wider interval from an ONNX model, too', real, async () => {
  const narrow = { ...card, range: { ...card.range, high: card.range.high.with(3, card.range.middle[3]!) } };
  file('narrow.onnx', linear(weights, { soh: 0.2, low: 0.17, high: 0.23 }));
  file('narrow.onnx.json', JSON.stringify(narrow));
  const said = await predict('narrow.onnx', 'data/cells/1.csv');
  const rows = said.out
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it));
  const widened = rows.filter((it) => it.standing === 'widened');
  assert.ok(widened.length > 0, said.out);
  for (const it of widened) assert.ok(it.soh.value - it.soh.low > 0.03 && /outside of the training/.test(it.reason));
});

test(
  'an ONNX model without an interval, or with one that does not hold its own estimate, is refused',
  real,
  async () => {
    const bare = await predict('bare.onnx', 'data/cells/1.csv');
    assert.equal(bare.code, 2);
    assert.match(
      JSON.parse(bare.out).error,
      /takes signals and gives soh: it must take "signals" and give "soh", "low", "high"/,
    );
    const mad = await predict('mad.onnx', 'data/cells/1.csv');
    assert.equal(mad.code, 1);
    assert.match(JSON.parse(mad.out).error, /mad\.onnx: for charge 1 the model says 0\.\d+ between/);
    file('no.onnx', 'not a model');
    file('no.onnx.json', JSON.stringify(card));
    assert.match((await predict('no.onnx', 'data/cells/1.csv')).out, /is no model that the runtime can load/);
    assert.match((await predict('good.onnx', 'data/cells/1.csv', '--mode', 'retested')).out, /told no capacity test/);
  },
);

test('without a runtime, or without its card, an ONNX model is refused by what is missing and what to install', async () => {
  const said = await packloop('predict', 'data/cells/1.csv', '--model', 'good.onnx', '--onnx-runtime', 'data');
  assert.equal(said.code, 2);
  assert.match(said.errors, /needs a runtime, and data has none: npm install onnxruntime-node \(or onnxruntime-web\)/);
  file('alone.onnx', linear(weights, { soh: 0.2, low: 0.17, high: 0.23 }));
  const alone = await packloop('predict', 'data/cells/1.csv', '--model', 'alone.onnx');
  assert.match(alone.errors, /alone\.onnx\.json is not there: it tells which cells the model was trained on/);
  file('alone.onnx.json', JSON.stringify({ ...card, range: { ...card.range, low: card.range.high } }));
  const upside = await packloop('predict', 'data/cells/1.csv', '--model', 'alone.onnx');
  assert.match(
    upside.errors,
    /alone\.onnx\.json, line 1: range: of "voltage mean" low, middle and high are out of order/,
  );
});
