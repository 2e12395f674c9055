// Who may know which field of which fact. What is not named here is for the operator alone.
import type { Caller } from '#kernel';

/** In the order of Annex XIII of Regulation (EU) 2023/1542: anybody, who has a legitimate interest, authorities; then ourselves. */
export const accessClasses = ['public', 'interest', 'authority', 'operator'] as const;
export type AccessClass = (typeof accessClasses)[number];

/** Who runs stations, or keeps books of those who do, is told all; who only oversees them what authorities are; others have an interest in their packs. */
export const classesOf = ({ grants }: Pick<Caller, 'grants'>): readonly AccessClass[] => {
  if (grants['record.see'] === undefined) return ['public'];
  if (grants['station.see'] === undefined) return ['public', 'interest'];
  return grants['station.operate'] || grants['ledger.see'] ? accessClasses : ['public', 'interest', 'authority'];
};

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
/** Who has a share is to know how every other one moves, and on whose signature. */
const signed: Fields = Object.fromEntries(
  [
    ...[
      'act',
      'after',
      'until',
      'signers',
      'note',
      'by',
      'from',
      'to',
      'millionths',
      'fen',
      'moved',
      'paid',
      'lessened',
    ],
    ...['offer', 'lien', 'owner', 'holder', 'purpose', 'lessee', 'vote', 'question', 'closes', 'proposal', 'choice'],
    'restrictions',
  ].map((it) => [it, 'interest'] as const),
);
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
  // Both sides can show it to whoever has to judge the pack.
  'pack.handed-over': { handover: 'interest', from: 'interest', to: 'interest', place: 'interest', note: 'interest' },
  'pack.handover-disputed': {
    ...{
      handover: 'interest',
      dispute: 'interest',
      by: 'interest',
      why: 'interest',
      offered: 'interest',
      note: 'interest',
    },
  },
  'health.soh-estimated': condition,
  'health.risk-changed': { level: 'interest', reasons: 'authority' },
  'health.risk-cleared': { finding: 'authority' },
  'swap.pack-returned': moved,
  'swap.pack-given': moved,
  'title.key-added': { key: 'public' },
  'title.key-ended': { key: 'public' },
  'title.transferred': signed,
  'title.pledged': signed,
  'title.released': signed,
  'title.leased': signed,
  'title.asked': signed,
  'title.voted': signed,
  'title.restricted': signed,
  'title.offered': signed,
  'title.taken': signed,
  'title.enacted': signed,
};
