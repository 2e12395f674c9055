import type { Instant } from '#units';
import type { Firmware } from '../firmware.ts';
import type { Bay, PackFacts, PackModel, StationPreset, VehicleModel } from '../model.ts';
import { HOUSE, standard } from './registry.ts';

/** May these packs go into this vehicle, in this bay, at this moment? */
export interface Question {
  readonly vehicle: VehicleModel;
  /** All blocks the vehicle would run on afterwards, those that stay in it included. */
  readonly packs: readonly PackFacts[];
  readonly station: StationPreset;
  readonly bay: Bay;
  readonly firmware: { readonly vehicle: Firmware; readonly station: Firmware };
  readonly at: Instant;
}

export type Aspect = 'mechanical' | 'electrical' | 'cooling' | 'lock' | 'bms' | 'station' | 'guard' | 'set';

/** The one fact a clause tests. Several standards may demand the same fact. */
export type Fact =
  | 'outline'
  | 'fixing-position'
  | 'pack-mass'
  | 'common-platform'
  | 'electrical-interface'
  | 'electrical-position'
  | 'voltage'
  | 'matings'
  | 'cooling-interface'
  | 'cooling-position'
  | 'lock'
  | 'bms-protocol'
  | 'pack-firmware'
  | 'vehicle-firmware'
  | 'station-firmware'
  | 'family'
  | 'swap-profile'
  | 'wheelbase'
  | 'lift'
  | 'bay'
  | 'swap-time'
  | 'known-model'
  | 'profile-in-force'
  | 'quarantine'
  | 'recall'
  | 'age'
  | 'leak-test'
  | 'health'
  | 'second-use'
  | 'chemistry'
  | 'block-count'
  | 'same-pack-twice'
  | 'set-chemistry'
  | 'set-firmware'
  | 'set-soc'
  | 'set-soh';

/** What a clause says, as plain data. */
export interface ClauseRef {
  readonly id: string;
  readonly standard: string;
  readonly clause: string;
  readonly aspect: Aspect;
  readonly about: Fact;
  readonly says: string;
  readonly limits: Readonly<Record<string, number>>;
  /** A recommendation ("should") advises and never denies. */
  readonly binding: boolean;
  /** Demanded only of vehicles that are entered into the common platform of QC/T 1243. */
  readonly commonPlatformOnly: boolean;
  readonly status: 'profile implemented, not certified' | 'house rule';
  readonly evidence: string;
}

export interface Shown {
  readonly measured: string;
  readonly required: string;
}

type OfPack<Answer> = (question: Question, pack: PackFacts, model: PackModel) => Answer;
type OfSwap<Answer> = (question: Question) => Answer;

/** A clause and its test. `holds` is written so that a missing number (NaN) fails. */
export type Clause = PackClause | SwapClause;
export interface PackClause {
  readonly ref: ClauseRef;
  readonly per: 'pack';
  readonly holds: OfPack<boolean>;
  readonly shows: OfPack<Shown>;
}
export interface SwapClause {
  readonly ref: ClauseRef;
  readonly per: 'swap';
  readonly holds: OfSwap<boolean>;
  readonly shows: OfSwap<Shown>;
}

/** Where a rule is written. */
export interface Cite {
  readonly standard: string;
  readonly clause: string;
  readonly commonPlatformOnly?: boolean;
}
export const house = (clause: string): Cite => ({ standard: HOUSE, clause });

export interface Rule {
  readonly aspect: Aspect;
  readonly about: Fact;
  readonly says: string;
  readonly limits?: Readonly<Record<string, number>>;
  readonly binding?: boolean;
}

const refOf = (cite: Cite, rule: Rule): ClauseRef => ({
  id: `${cite.standard} ${cite.clause} ${rule.about}`,
  standard: cite.standard,
  clause: cite.clause,
  aspect: rule.aspect,
  about: rule.about,
  says: rule.says,
  limits: rule.limits ?? {},
  binding: rule.binding ?? true,
  commonPlatformOnly: cite.commonPlatformOnly ?? false,
  status: cite.standard === HOUSE ? 'house rule' : 'profile implemented, not certified',
  evidence: cite.standard === HOUSE ? 'Packloop, this file' : standard(cite.standard).evidence,
});

export const packClause = (cite: Cite, rule: Rule, holds: OfPack<boolean>, shows: OfPack<Shown>): PackClause => ({
  ref: refOf(cite, rule),
  per: 'pack',
  holds,
  shows,
});

export const swapClause = (cite: Cite, rule: Rule, holds: OfSwap<boolean>, shows: OfSwap<Shown>): SwapClause => ({
  ref: refOf(cite, rule),
  per: 'swap',
  holds,
  shows,
});
