// A vehicle at a station.
import type { Pack } from '../pack.ts';

export interface Visit {
  readonly idToken: { readonly idToken: string; readonly type: string };
  readonly packModelIds: readonly string[];
  /** How many packs the vehicle runs on. */
  readonly count: number;
  /** What is in the vehicle; the swap changes it. None when a driver was left without. */
  readonly packs: Pack[];
  /** Started from the phone (S02) instead of a card (S01): called when the bay is free; answers why it may not start. */
  readonly startRemotely?: () => Promise<string | undefined>;
  /** Told once, when the vehicle is done here. */
  readonly done: (outcome: Outcome) => void;
}

export type Outcome =
  | { readonly kind: 'swapped' }
  /** `why` is OCPP's word where it has one: an authorisation status or a reason code. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The driver did not take the pack that was offered. */
  | { readonly kind: 'left' }
  /** The station's program died. The vehicle has whatever it had by then. */
  | { readonly kind: 'interrupted' };
