// What a demo network is goes on being that.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { WHOLE_TITLE } from '#pack';
import { testStart } from '../../test/work.ts';
import { delta12 } from '../demo/delta12.ts';
import { demandSame } from './demo.ts';
import { demandParties, heldIn } from './held.ts';
import { Failed } from './say.ts';

test('a network that is there is not entered again under another property structure, nor from another seed', () => {
  const there = { seed: 12, property: 'bank' as const };
  demandSame(there, {});
  demandSame(there, { seed: 12, property: 'bank' });
  const refused = (error: unknown) => error instanceof Failed && error.code === 2 && /--fresh/.test(error.message);
  assert.throws(() => demandSame(there, { property: 'joint' }), refused);
  assert.throws(() => demandSame({ seed: 12 }, { property: 'maker' }), refused, 'all three were mixed');
  const own = { name: 'ours', owners: [{ party: 'owner-fund' as never, millionths: WHOLE_TITLE }] };
  demandSame({ seed: 12, property: own }, { property: structuredClone(own) });
  assert.throws(() => demandSame({ seed: 12, property: own }, { property: { ...own, ownersPercent: 10 } }), refused);
  assert.throws(() => demandSame(there, { seed: 13 }), refused);
});

const dir = mkdtempSync(join(tmpdir(), 'packloop-held-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const asked = (what: unknown) => {
  writeFileSync(join(dir, 'structure.json'), JSON.stringify(what));
  return heldIn(join(dir, 'structure.json'));
};

test('a demo network takes a property structure from a file: each pack enters owned, let, paid and bound as it says', () => {
  const restrictions = { preemptionDays: 30, leastMillionths: 100_000, buyers: null, lockedUntil: null };
  const terms = { name: 'fund and taxis', lessee: 'op-pearl', ownersPercent: 55, restrictions };
  const owners = [
    { party: 'owner-fund', millionths: 700_000 },
    { party: 'owner-taxi', millionths: 300_000 },
  ];
  const held = asked({ ...terms, owners })!;
  const world = delta12(12, testStart, held);
  demandParties(held, world);
  const { name: structure, ...rest } = terms;
  for (const { pack } of world.stock) assert.partialDeepStrictEqual(pack, { owners, structure, ...rest });
});

test('what is no structure, names nobody, or somebody who takes no part, is refused with the way out', () => {
  assert.equal(heldIn(undefined), undefined);
  assert.equal(heldIn('bank'), 'bank');
  assert.throws(() => heldIn('banks'), /--property takes maker, bank, joint or a file: banks is not there/);
  assert.throws(() => asked({ name: 'x', owners: [{ party: 'a', millionths: 5 }] }), /shares add up to 1,000,000/);
  assert.throws(() => asked({ name: 'x' }), /names no owners/);
  const held = asked({ name: 'x', owners: [{ party: 'nobody', millionths: WHOLE_TITLE }] })!;
  assert.throws(() => demandParties(held, delta12(12, testStart, held)), /"nobody" of the structure x takes no part/);
});
