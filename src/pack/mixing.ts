import { isSecondUseCode } from './code.ts';
import { firmwareText } from './firmware.ts';
import type { PackFacts } from './model.ts';
import { type Clause, house, packClause, type Question, swapClause } from './standards/clause.ts';

/** How far blocks of one set may differ, in percent points: assumed until a vehicle maker states its own. */
export const MATCHING = { soc: 5, soh: 3 };

/**
 * The mixing guard: what no match of mechanics and voltage can outweigh. A quarantined, recalled or over-age pack, one
 * without a passed leak test and one coded for second use never enters a vehicle.
 */
export const packGuard: readonly Clause[] = [
  packClause(
    house('quarantine'),
    { aspect: 'guard', about: 'quarantine', says: 'the pack is not in quarantine' },
    (_, pack) => pack.quarantined === false,
    () => ({ measured: 'in quarantine', required: 'released by a technician' }),
  ),
  packClause(
    house('recall'),
    { aspect: 'guard', about: 'recall', says: 'the pack is not recalled' },
    (_, pack) => pack.recalled === false,
    () => ({ measured: 'recalled', required: 'no open recall' }),
  ),
  packClause(
    house('age'),
    { aspect: 'guard', about: 'age', says: 'the pack is younger than its model may get' },
    ({ at }, { producedOn }, model) => {
      const today = dayInChina(at);
      return dayOf(producedOn, 0) <= today && today < dayOf(producedOn, model.maxAgeYears);
    },
    (_, pack, model) => ({
      measured: `made on ${pack.producedOn}`,
      required: `before today and less than ${model.maxAgeYears} years ago`,
    }),
  ),
  packClause(
    house('leak test'),
    { aspect: 'guard', about: 'leak-test', says: 'the last leak test was passed' },
    ({ at }, { leakTestPassed, leakTestedOn, producedOn }) =>
      leakTestPassed === true &&
      leakTestedOn !== null &&
      dayOf(leakTestedOn, 0) <= dayInChina(at) &&
      dayOf(producedOn, 0) <= dayOf(leakTestedOn, 0),
    (_, pack) => ({ measured: leakTestOf(pack), required: 'a passed leak test' }),
  ),
  packClause(
    house('health'),
    { aspect: 'guard', about: 'health', says: 'the pack has health left' },
    (_, pack) => pack.soh > 0,
    (_, pack) => ({ measured: `SoH ${pack.soh} %`, required: 'more than 0 %' }),
  ),
  packClause(
    house('second use'),
    { aspect: 'guard', about: 'second-use', says: 'a pack coded for second use never returns to a vehicle' },
    (_, pack) => !isSecondUseCode(pack.code),
    (_, pack) => ({ measured: pack.code, required: 'an original code' }),
  ),
  packClause(
    house('chemistry'),
    { aspect: 'guard', about: 'chemistry', says: 'the vehicle is approved for the chemistry' },
    (q, _, model) => q.vehicle.chemistries.includes(model.chemistry),
    (q, _, model) => ({ measured: model.chemistry, required: `one of ${q.vehicle.chemistries.join(', ')}` }),
  ),
];

function leakTestOf({ leakTestedOn, leakTestPassed, producedOn }: PackFacts): string {
  if (leakTestedOn === null) return 'no leak test';
  if (!leakTestPassed) return `leak test of ${leakTestedOn} failed`;
  const isBefore = Temporal.PlainDate.compare(leakTestedOn, producedOn) < 0;
  return `leak test of ${leakTestedOn} lies ${isBefore ? `before it was made on ${producedOn}` : 'ahead'}`;
}

/** What holds between the blocks of one set; a single pack passes all but the count. */
export const setGuard = (chemistryOf: (question: Question, at: number) => string | undefined): readonly Clause[] => [
  swapClause(
    house('block count'),
    { aspect: 'set', about: 'block-count', says: 'the vehicle runs on this many packs' },
    ({ packs, vehicle: { blocks } }) => packs.length >= 1 && packs.length >= blocks.min && packs.length <= blocks.max,
    ({ packs, vehicle }) => ({
      measured: `${packs.length} packs`,
      required: `${vehicle.blocks.min} to ${vehicle.blocks.max}`,
    }),
  ),
  swapClause(
    house('same pack twice'),
    { aspect: 'set', about: 'same-pack-twice', says: 'no pack stands in a set twice' },
    ({ packs }) => packs.every((it, at) => packs.findIndex((other) => other.code === it.code) === at),
    ({ packs }) => ({ measured: packs.map((it) => it.code).join(', '), required: 'different packs' }),
  ),
  swapClause(
    house('matched chemistry'),
    { aspect: 'set', about: 'set-chemistry', says: 'all blocks have the same chemistry' },
    (q) => q.packs.every((_, at) => chemistryOf(q, at) === chemistryOf(q, 0)),
    (q) => ({ measured: q.packs.map((_, at) => chemistryOf(q, at)).join(', '), required: 'one chemistry' }),
  ),
  swapClause(
    house('matched firmware'),
    { aspect: 'set', about: 'set-firmware', says: 'all blocks run the same firmware' },
    ({ packs }) => packs.every((it) => it.firmware === packs[0]!.firmware),
    ({ packs }) => ({ measured: packs.map((it) => firmwareText(it.firmware)).join(', '), required: 'one version' }),
  ),
  ...(['soc', 'soh'] as const).map((which) =>
    swapClause(
      house(`matched ${NAMES[which]}`),
      {
        aspect: 'set',
        about: `set-${which}`,
        says: `${NAMES[which]} of the blocks lies within ${MATCHING[which]} points`,
        limits: { points: MATCHING[which] },
      },
      ({ packs }) => spread(packs, which) <= MATCHING[which],
      ({ packs }) => ({
        measured: `${spread(packs, which).toFixed(1)} points apart`,
        required: `at most ${MATCHING[which]}`,
      }),
    ),
  ),
];

const NAMES = { soc: 'SoC', soh: 'SoH' };

function spread(packs: Question['packs'], which: 'soc' | 'soh'): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < packs.length; at++) {
    least = Math.min(least, packs[at]![which]);
    most = Math.max(most, packs[at]![which]);
  }
  return most - least;
}

/** Standards and recalls count Chinese days; whole days since 1970, so that the hot path makes no calendar objects. */
const dayInChina = (at: Question['at']): number => Math.floor((at.epochMilliseconds + 28_800_000) / 86_400_000);

/** The same day so many years later (29 February becomes the 28th), as whole days since 1970 (H. Hinnant's algorithm). */
function dayOf(date: Temporal.PlainDate, yearsLater: number): number {
  const month = date.month;
  const year = date.year + yearsLater;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const day = month === 2 && !isLeap ? Math.min(date.day, 28) : date.day;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
