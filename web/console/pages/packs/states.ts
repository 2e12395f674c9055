import type { packReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import type { Mood } from '../../shell/State.tsx';

export type PackState = Answer<typeof packReads.list>['items'][number]['state'];

/** In the order in which an operator asks for them. */
export const states = ['ready', 'charging', 'standing', 'on-road', 'stored', 'away'] as const satisfies PackState[];

export const moods: Readonly<Record<PackState, Mood>> = {
  ready: 'good',
  charging: 'going',
  standing: 'low',
  'on-road': 'calm',
  stored: 'calm',
  away: 'calm',
};
