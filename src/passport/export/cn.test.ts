import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible } from '../access.ts';
import { passportOf } from '../passport.ts';
import { facts } from '../testing.ts';
import { digitalIdentity } from './cn.ts';
import { europeanExport } from './eu.ts';

test('the digital identity holds the code part by part, and every step of the life in its order', () => {
  const it = digitalIdentity(facts());
  assert.equal(it.standard, 'GB/T 34014-2017');
  assert.equal(it.parts.manufacturer, '001');
  assert.equal(it.parts.serial, 1);
  assert.deepEqual(
    it.events.map(({ kind }) => kind),
    ['production', 'fitting', 'swap', 'repair', 'swap'],
  );
  assert.equal(it.events[0]!.at, it.producedOn);
  const times = it.events.map(({ at }) => at);
  assert.deepEqual(times, times.toSorted());
  assert.ok(it.events.every((one) => one.dueWithin === null || one.dueWithin.rule.includes('2018')));
  assert.ok(it.unconfirmed.some((one) => one.includes('34014')));
});

test('where the pack has been is in neither export', () => {
  const text = JSON.stringify([
    digitalIdentity(facts()),
    europeanExport(visible(passportOf(facts()), { as: 'operator' })),
  ]);
  for (const station of ['HF-01', 'SZ-01']) assert.ok(!text.includes(station), station);
});

test('a second use is retired under the old code and reused under the new', () => {
  const at = facts().at;
  const kinds = (type: string) =>
    digitalIdentity(facts({ history: [{ type, at, body: {} }] })).events.map((it) => it.kind);
  assert.deepEqual(kinds('pack.succeeded'), ['retirement']);
  assert.deepEqual(kinds('pack.second-use'), ['reuse']);
});

test('both exports tell the same of what both have', () => {
  const it = facts();
  const identity = digitalIdentity(it);
  const [general] = europeanExport(visible(passportOf(it), { as: 'operator' }));
  assert.equal(general!.payload.productIdentifier, identity.code);
  assert.equal(String(general!.payload.manufacturingDate).slice(0, 10), identity.producedOn);
  const fitted = identity.events.find((one) => one.kind === 'fitting')!.at;
  const day = Temporal.Instant.from(fitted).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
  assert.equal(String(general!.payload.puttingIntoService).slice(0, 10), day);
});
