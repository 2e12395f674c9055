import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Holder, keepersOf, type Linked, mustPost } from '#ledger';
import { rolledBack } from '../../test/work.ts';

const moves = (id: string, ...stops: Holder[]): Linked[] =>
  stops.slice(1).map((to, n) => [
    {
      kind: 'posted',
      id: `${id}/${n}`,
      debit: { unit: 'custody', asset: 'PACK', holder: stops[n]! },
      credit: { unit: 'custody', asset: 'PACK', holder: to },
      amount: 1,
      reason: 'test',
    },
  ]);

test(
  'of a pack that moves the ledger says who has it now and who gave it, also when it moves twice at once',
  rolledBack(async (work) => {
    const now = async () => (await keepersOf(work, ['PACK']))[0];
    assert.equal(await now(), undefined);
    await mustPost(work, moves('in', 'outside:maker', 'station:A'));
    assert.deepEqual(await now(), { asset: 'PACK', holder: 'station:A', giver: 'outside:maker' });
    await mustPost(work, moves('trip', 'station:A', 'vehicle:V', 'station:B'));
    assert.deepEqual(await now(), { asset: 'PACK', holder: 'station:B', giver: 'vehicle:V' });
    await mustPost(work, moves('trip', 'station:A', 'vehicle:V', 'station:B')); // told again
    assert.equal((await now())?.holder, 'station:B');
    await mustPost(work, moves('gone', 'station:B', 'outside:recycler'));
    assert.equal(await now(), undefined);
  }),
);

test(
  'a promise of custody moves nothing until it is kept',
  rolledBack(async (work) => {
    await mustPost(work, moves('in', 'outside:maker', 'station:A'));
    const custody = (holder: Holder) => ({ unit: 'custody' as const, asset: 'PACK', holder });
    await mustPost(work, [
      [
        {
          kind: 'pending',
          id: 'promise',
          debit: custody('station:A'),
          credit: custody('vehicle:V'),
          amount: 1,
          reason: 'promised',
        },
      ],
    ]);
    assert.equal((await keepersOf(work, ['PACK']))[0]?.holder, 'station:A');
    await mustPost(work, [[{ kind: 'post', id: 'kept', pendingId: 'promise', reason: 'kept' }]]);
    assert.deepEqual(await keepersOf(work, ['PACK']), [{ asset: 'PACK', holder: 'vehicle:V', giver: 'station:A' }]);
  }),
);
