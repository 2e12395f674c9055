// Kinds of lines in words, and how much they weigh; a kind that we do not know is said by the server alone.
import type { en } from '../../words/en/index.ts';
import type { T } from '../../words/index.ts';

export type Weight = 'act' | 'look' | 'know';

/** Whoever is in danger or stands without a pack comes first; then what somebody has to look at; then what is good to know. */
const weights = {
  'bad-credentials': 'look',
  'unknown-station': 'look',
  'wrong-profile': 'look',
  'admission-void': 'know',
  unreadable: 'look',
  oversized: 'look',
  'bad-socket': 'look',
  'rate-limit': 'know',
  flood: 'look',
  'late-answer': 'know',
  'unknown-answer': 'know',
  'bad-answer': 'look',
  'answer-refused': 'look',
  crash: 'look',
  refused: 'look',
  unsupported: 'know',
  'many-lines': 'look',
  'security-event': 'act',
  firmware: 'look',
  'log-upload': 'know',
  'register-backwards': 'look',
  'transaction-again': 'look',
  'transaction-unclear': 'look',
  'events-missing': 'know',
  'unknown-slot': 'look',
  'swap-step-unknown': 'know',
  'swap-unknown': 'know',
  'orphan-pack': 'act',
  'thermal-runaway': 'act',
  'station-out-of-use': 'act',
  'chain-differs': 'act',
  'log-contradicted': 'act',
  'witness-silent': 'look',
  'reservation-cancelled': 'know',
  'pack-stopped': 'act',
  'pack-suspect': 'look',
  'pack-missing': 'act',
  'lost-pack-seen': 'act',
  'handover-disputed': 'act',
  'report-late': 'look',
  'pack-fades': 'look',
  'probe-broken': 'look',
  'probes-differ': 'look',
  'cells-differ': 'look',
  'sample-wrong': 'look',
  'pack-not-returned': 'act',
  'checks-not-told': 'act',
  'check-failed-late': 'act',
  'check-failed': 'act',
  'released-against-block': 'act',
  'release-blocked': 'act',
  'release-not-told': 'know',
  'swap-aborted': 'look',
  aborted: 'look',
  unannounced: 'look',
  'pack-counter-strange': 'look',
  'pack-unknown': 'look',
  'pack-already-here': 'look',
  'pack-in-two-places': 'act',
  'pack-from-elsewhere': 'look',
  'pack-not-here': 'look',
  'pack-from-another-slot': 'know',
  'slot-was-taken': 'look',
  'slot-unknown': 'look',
  'token-not-valid': 'know',
  'extra-pack-given': 'look',
  'packs-not-taken': 'act',
  'ended-by-itself': 'look',
  'number-reused': 'look',
  'numbers-differ': 'look',
  'pack-recoded': 'look',
  'promise-withdrawn': 'know',
  'clock-wrong': 'look',
  'promise-judged-again': 'know',
  'told-in-reverse': 'know',
  'meter-impossible': 'look',
  resolved: 'know',
  'forbidden-pack-given': 'act',
  'promise-broken': 'look',
  'less-than-promised': 'look',
} as const satisfies Readonly<Record<keyof typeof en.anomalies.kind, Weight>>;

export type Kind = keyof typeof weights;
export const kinds = Object.keys(weights) as Kind[];
export const isKind = (it: string): it is Kind => Object.hasOwn(weights, it);

/** What we do not know somebody should look at. */
export const weightOf = (kind: string): Weight => (isKind(kind) ? weights[kind] : 'look');

/** Title and what to do; problems of a swap carry kinds of their own for single checks. */
export function kindInWords(t: T, kind: string): { readonly title: string; readonly remedy: string | undefined } {
  const known = /^check-(locks|torque|interlock|insulation|coolant|mating)$/.test(kind) ? 'check-failed' : kind;
  if (!isKind(known)) return { title: kind, remedy: undefined };
  return { title: t(`anomalies.kind.${known}.title`), remedy: t(`anomalies.kind.${known}.remedy`) };
}
