// Who may know which field of which fact. What is not named here is for the operator alone.

/** In the order of Annex XIII of Regulation (EU) 2023/1542: anybody, who has a legitimate interest, authorities; then ourselves. */
export const accessClasses = ['public', 'interest', 'authority', 'operator'] as const;
export type AccessClass = (typeof accessClasses)[number];

type Fields = Readonly<Record<string, AccessClass>>;

/** What a pack was measured to be: for whoever must judge it. */
const condition: Fields = {
  soh: 'interest',
  lower: 'interest',
  upper: 'interest',
  ohms: 'interest',
  method: 'interest',
};
const why: Fields = { why: 'interest', finding: 'interest' };
const moved: Fields = { soc: 'interest', soh: 'interest', energyWh: 'interest' };

/** By type of fact. */
export const classes: Readonly<Record<string, Fields>> = {
  'pack.registered': { model: 'public', capacityWh: 'public', producedOn: 'public', soh: 'interest' },
  'pack.succeeded': { successor: 'public' },
  'pack.second-use': { original: 'public' },
  'pack.recalled': { why: 'public' },
  'pack.recall-lifted': { finding: 'public' },
  'pack.quarantined': why,
  'pack.cleared': why,
  'pack.graded': { grade: 'interest', soh: 'interest', reasons: 'interest' },
  'pack.counters-read': {
    ...{ hotMinutes: 'interest', coldMinutes: 'interest', hotChargingMinutes: 'interest' },
    ...{ coldChargingMinutes: 'interest', deepDischarges: 'interest', overcharges: 'interest' },
    ...{ efficiencyPercent: 'interest', powerW: 'interest' },
  },
  'pack.tested': { capacityWh: 'interest', soh: 'interest' },
  'health.soh-estimated': condition,
  'health.risk-changed': { level: 'interest', reasons: 'authority' },
  'health.risk-cleared': { finding: 'authority' },
  'swap.pack-returned': moved,
  'swap.pack-given': moved,
};
