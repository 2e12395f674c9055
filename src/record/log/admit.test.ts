import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Bytes, canonicalBytes, type Event, type Json, readKey, type VerifierKey } from '#record/verify';
import { admit, batchOf, type Door, type SigningKey, verifierKey } from './index.ts';
import { draft, keyOf, MemoryLog } from './testing.ts';

const nowMs = 1_760_000_100_000;

interface Scene {
  readonly log: MemoryLog;
  readonly door: Door;
  /** A batch as a producer elsewhere would make it, who has seen the log as it is now. */
  batch(subjects: readonly string[], key?: SigningKey): Promise<Bytes[]>;
}

async function scene(): Promise<Scene> {
  const log = new MemoryLog();
  await log.append([draft('pack:P1'), draft('pack:P2')]);
  const station = keyOf('station.example/7');
  const producers: VerifierKey[] = [await readKey(await verifierKey(station, 'note'))];
  const door = {
    origin: log.standing.origin,
    heads: log.standing.heads,
    seqOf: () => 0,
    producers,
    nowMs,
    skewMs: 60_000,
  };
  const batch = async (subjects: readonly string[], key = station) => {
    const twin = new MemoryLog(); // another copy of the same heads, which making a batch moves on
    await twin.append([draft('pack:P1'), draft('pack:P2')]);
    const made = await batchOf(
      { ...twin.standing, seq: 0 },
      key,
      subjects.map((it) => draft(it)),
    );
    return made.entries.slice(0, -1);
  };
  return { log, door, batch };
}

const changed = (bytes: Bytes, change: object): Bytes =>
  canonicalBytes({ ...(JSON.parse(new TextDecoder().decode(bytes)) as object), ...change } as Json);

test('a batch that a station sealed for itself is admitted, with several events of one pack', async () => {
  const { door, batch } = await scene();
  const events = await admit(await batch(['pack:P1', 'pack:P9', 'pack:P1']), door);
  assert.deepEqual(
    events.map((it: Event) => it.seq),
    [0, 1, 2],
  );
});

test('a batch that comes again, or with a gap before it, is refused', async () => {
  const { door, batch } = await scene();
  const it = await batch(['pack:P1']);
  await assert.rejects(admit(it, { ...door, seqOf: () => 1 }), { reason: 'out-of-order' });
  const [event, seal] = it as [Bytes, Bytes];
  await assert.rejects(admit([event, event, seal], door), { reason: 'unsealed' });
  const log = new MemoryLog(door.origin, 'station.example/7');
  await log.append([draft('pack:P8')]);
  const later = await log.append([draft('pack:P8')]);
  await assert.rejects(admit(later.entries.slice(0, -1), door), { reason: 'event-hidden' });
});

test('events in another order than they were sealed in, changed or left out, are refused', async () => {
  const { door, batch } = await scene();
  const [a, b, seal] = (await batch(['pack:P1', 'pack:P2'])) as [Bytes, Bytes, Bytes];
  for (const wrong of [
    [b, a, seal],
    [a, seal],
    [a, changed(b, { type: 'pack.stolen' }), seal],
  ])
    await assert.rejects(admit(wrong, door), { reason: 'unsealed' });
  for (const wrong of [[], [a, b], [seal, a]]) await assert.rejects(admit(wrong, door), { reason: 'unsealed' });
});

test('a producer nobody knows, or whose key was revoked, or who lies about its name, is refused', async () => {
  const { door, batch } = await scene();
  const stranger = keyOf('stranger');
  await assert.rejects(admit(await batch(['pack:P1'], stranger), door), { reason: 'unknown-producer' });
  await assert.rejects(admit(await batch(['pack:P1']), { ...door, producers: [] }), { reason: 'unknown-producer' });
  const liar = { ...keyOf('station.example/7'), sign: stranger.sign };
  await assert.rejects(admit(await batch(['pack:P1'], liar), door), { reason: 'bad-signature' });
});

test('a pack that has gone on meanwhile, another log, and a date still to come are refused, and nothing has moved', async () => {
  const { log, door, batch } = await scene();
  const it = await batch(['pack:P2', 'pack:P1']);
  await assert.rejects(admit(it, { ...door, origin: 'other.example' }), { reason: 'wrong-log' });
  await assert.rejects(admit(it, { ...door, nowMs: nowMs - 1_000_000 }), { reason: 'malformed-entry' });
  const before = await door.heads.root();
  await log.append([draft('pack:P1')]);
  await assert.rejects(admit(it, { ...door, heads: log.standing.heads }), { reason: 'out-of-order' });
  const fresh = await scene();
  await assert.rejects(admit(it, { ...fresh.door, seqOf: () => 5 }), { reason: 'out-of-order' });
  assert.deepEqual(await fresh.door.heads.root(), before);
});
