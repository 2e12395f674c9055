import type { PackCode } from '#units';
import { packModel } from './catalogue/packs.ts';
import { packGuard, setGuard } from './mixing.ts';
import type { PackFacts } from './model.ts';
import {
  type Clause,
  type ClauseRef,
  type Fact,
  house,
  type PackClause,
  packClause,
  type Question,
  type Shown,
  type SwapClause,
  swapClause,
} from './standards/clause.ts';
import { type Profile, profiles, type Scope, scopeOf } from './standards/profiles.ts';

/** A clause that failed, with what was found, for which pack, and who else demands the same. */
export interface Denial extends ClauseRef, Shown {
  readonly pack: PackCode | null;
  readonly sentence: string;
  /** Other clauses that fail for the same fact. */
  readonly also: readonly string[];
}

export type Verdict =
  | { readonly allowed: true; readonly because: readonly ClauseRef[] }
  | { readonly allowed: false; readonly denied: readonly Denial[] };

/**
 * May this vehicle leave this bay with these packs? All rules in force at the moment must hold: standards profiles, the
 * mixing guard and the matching of a set. A denial names the minimal failing set: each fact once, and nothing that only
 * follows from another failure (where the lock differs, the fixing point is of no interest).
 * Fails closed: an unknown pack model, a missing number or a time without profiles denies.
 */
export function compatible(question: Question): Verdict {
  const rules = rulesFor(question);
  if (holdsAll(rules, question)) return { allowed: true, because: rules.because };
  return { allowed: false, denied: minimal(failures(rules, question)) };
}

/** The same answer without the reasons, for hot paths. */
export const isAllowed = (question: Question): boolean => holdsAll(rulesFor(question), question);

/** Whether this one pack passes all that is demanded of a pack by itself; `question.packs` is not looked at. */
export const isPackAllowed = (question: Question, pack: PackFacts): boolean =>
  passes(rulesFor(question), question, pack);

/** Why this one pack does not pass; empty when it does. */
export const packDenials = (question: Question, pack: PackFacts): readonly Denial[] =>
  minimal(packFailures(rulesFor(question), question, pack));

/** Recommendations ("should") that are not met. They never deny. */
export const advice = (question: Question): readonly Denial[] =>
  rulesFor(question)
    .advice.filter((it) => !it.holds(question))
    .map((it) => denial(it, null, it.shows(question)));

interface Rules {
  readonly perPack: readonly PackClause[];
  readonly perSwap: readonly SwapClause[];
  readonly advice: readonly SwapClause[];
  readonly because: readonly ClauseRef[];
}

const inForce = packClause(
  house('profile in force'),
  { aspect: 'station', about: 'profile-in-force', says: 'a standards profile is in force' },
  () => false,
  ({ at }) => ({ measured: `none at ${at}`, required: 'a profile for the vehicle class' }),
);
const knownModel = swapClause(
  house('known model'),
  { aspect: 'guard', about: 'known-model', says: 'the pack model is in the catalogue' },
  () => false,
  () => ({ measured: '', required: '' }),
);
const sets = setGuard(({ packs }, at) => packModel(packs[at]!.model)?.chemistry);

/** When the rules change, in order. Between two of these moments they stand, so each set is compiled once. */
const CHANGES = [...new Set(profiles.flatMap((it) => [it.validFrom, it.validUntil ?? it.validFrom]))]
  .toSorted()
  .map((day) => ({ day, at: Temporal.PlainDate.from(day).toZonedDateTime('Asia/Shanghai').epochMilliseconds }));

const compile = (scope: Scope, commonPlatform: boolean, day: string | undefined): Rules => {
  const now = day === undefined ? [] : profiles.filter((it) => it.scope === scope && isInForce(it, day));
  const standing = now.length === 0 ? [inForce] : now.flatMap((it) => it.clauses);
  const all = [...packGuard, ...sets, ...standing].filter(({ ref }) => commonPlatform || !ref.commonPlatformOnly);
  const binding = all.filter((it) => it.ref.binding);
  return {
    perPack: binding.filter((it) => it.per === 'pack'),
    perSwap: binding.filter((it) => it.per === 'swap'),
    advice: all.filter((it) => it.per === 'swap').filter((it) => !it.ref.binding),
    because: binding.map((it) => it.ref),
  };
};
const isInForce = (it: Profile, day: string): boolean =>
  it.validFrom <= day && (it.validUntil === null || day < it.validUntil);

const compiled: Readonly<Record<Scope, readonly [own: Rules[], commonPlatform: Rules[]]>> = {
  passenger: [compileAll('passenger', false), compileAll('passenger', true)],
  commercial: [compileAll('commercial', false), compileAll('commercial', true)],
  light: [compileAll('light', false), compileAll('light', true)],
};
function compileAll(scope: Scope, commonPlatform: boolean): Rules[] {
  return [undefined, ...CHANGES.map((it) => it.day)].map((day) => compile(scope, commonPlatform, day));
}

function rulesFor({ vehicle, at }: Question): Rules {
  const now = at.epochMilliseconds;
  let period = 0;
  while (period < CHANGES.length && CHANGES[period]!.at <= now) period++;
  return compiled[scopeOf(vehicle.class)][vehicle.commonPlatform ? 1 : 0][period]!;
}

function passes(rules: Rules, question: Question, pack: PackFacts): boolean {
  const model = packModel(pack.model);
  if (model === undefined) return false;
  const { perPack } = rules;
  for (let n = 0; n < perPack.length; n++) if (!perPack[n]!.holds(question, pack, model)) return false;
  return true;
}

function holdsAll(rules: Rules, question: Question): boolean {
  const { perSwap } = rules;
  for (let n = 0; n < perSwap.length; n++) if (!perSwap[n]!.holds(question)) return false;
  const { packs } = question;
  for (let n = 0; n < packs.length; n++) if (!passes(rules, question, packs[n]!)) return false;
  return packs.length > 0;
}

const failures = (rules: Rules, question: Question): Denial[] => [
  ...rules.perSwap.filter((it) => !it.holds(question)).map((it) => denial(it, null, it.shows(question))),
  ...question.packs.flatMap((pack) => packFailures(rules, question, pack)),
];

function packFailures(rules: Rules, question: Question, pack: PackFacts): Denial[] {
  const model = packModel(pack.model);
  if (model === undefined) {
    const shown = { measured: `model ${JSON.stringify(pack.model)}`, required: 'a model of the catalogue' };
    return [denial(knownModel, pack.code, shown)];
  }
  return rules.perPack
    .filter((it) => !it.holds(question, pack, model))
    .map((it) => denial(it, pack.code, it.shows(question, pack, model)));
}

const denial = ({ ref }: Clause, pack: PackCode | null, shown: Shown): Denial => ({
  ...ref,
  ...shown,
  pack,
  also: [],
  sentence:
    `${pack === null ? '' : `pack ${pack}: `}${ref.says}: measured ${shown.measured}, required ${shown.required}` +
    ` (${ref.standard} ${ref.clause})`,
});

/** Failures that say nothing new once another fact has failed. */
const MOOT: Readonly<Partial<Record<Fact, readonly Fact[]>>> = {
  'fixing-position': ['lock', 'outline'],
  'electrical-position': ['electrical-interface', 'outline'],
  'cooling-position': ['cooling-interface', 'outline'],
  'pack-firmware': ['bms-protocol'],
  'vehicle-firmware': ['bms-protocol'],
  'station-firmware': ['family'],
  wheelbase: ['swap-profile'],
  'set-chemistry': ['known-model'],
};

/** Each failed fact of each pack once, the first clause speaking for all, and without those that are moot. */
function minimal(failed: readonly Denial[]): readonly Denial[] {
  const byFact = Map.groupBy(failed, (it) => `${it.pack} ${it.about}`);
  const isMoot = (it: Denial) =>
    MOOT[it.about]?.some((cause) =>
      failed.some((other) => other.about === cause && (it.pack ?? other.pack) === other.pack),
    );
  return [...byFact.values()]
    .map(([first, ...others]) => ({ ...first!, also: others.map((it) => it.id) }))
    .filter((it) => !isMoot(it));
}
