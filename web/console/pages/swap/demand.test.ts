import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNames } from '#swap/api';
import { judge } from '../../../../src/swap/checks.ts';
import { readDemand } from './demand.ts';

const profiles = ['chassis-robot', 'truck-side', 'truck-top', 'cabinet'] as const;

test('every limit that the server can state is understood, so that it can be said in both languages', () => {
  for (const profile of profiles)
    for (const check of checkNames) {
      const { demand } = judge(profile, check, 1, 3000);
      assert.notEqual(readDemand(demand).is, 'said', `${profile} ${check}: ${demand}`);
    }
});

test('the numbers of a limit are kept', () => {
  assert.deepEqual(readDemand('80 to 120 N·m'), { is: 'range', from: 80, to: 120 });
  assert.deepEqual(readDemand('at least 100 ohm/V'), { is: 'least', least: 100 });
  assert.deepEqual(readDemand('fewer than 3000 matings'), { is: 'fewer', most: 3000 });
  assert.deepEqual(readDemand('as quiet as a mouse'), { is: 'said', sentence: 'as quiet as a mouse' });
});
