// How a slot is shown: what counts first of it, with a word and a shape for it. Pure.
import type { stationReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import type { Mood } from '../../shell/State.tsx';

export type Slot = Answer<typeof stationReads.now>['slots'][number];

export const slotStates = [
  'ready',
  'filling',
  'low',
  'quarantined',
  'recalled',
  'unread',
  'empty',
  'unavailable',
  'faulted',
] as const;
export type SlotState = (typeof slotStates)[number];

const READY = 80;
const LOW = 30;

type Told = Pick<Slot, 'state' | 'packCode' | 'soc' | 'quarantined' | 'recalled'>;

/** A fault of the slot counts before all; then what keeps the pack from being handed out; then its charge. */
export function slotStateOf({ state, packCode, soc, quarantined, recalled }: Told): SlotState {
  if (state === 'faulted' || state === 'unavailable') return state;
  if (packCode === null) return 'empty';
  if (recalled) return 'recalled';
  if (quarantined) return 'quarantined';
  if (soc === null) return 'unread';
  return soc >= READY ? 'ready' : soc < LOW ? 'low' : 'filling';
}

export const slotMoods: Readonly<Record<SlotState, Mood>> = {
  ready: 'good',
  filling: 'going',
  low: 'low',
  quarantined: 'bad',
  recalled: 'bad',
  unread: 'calm',
  empty: 'calm',
  unavailable: 'low',
  faulted: 'bad',
};
