import type { StationId } from '#units';

/** Something an operator should know of. */
export interface Anomaly {
  /** '' when it is no station of ours. */
  readonly stationId: StationId | '';
  /** `bad-credentials`: few words, few kinds, for lines of one kind are counted together. */
  readonly kind: string;
  readonly sentence: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Lines of one kind about different things, such as `locks` and `torque`, are counted apart: few words again. */
  readonly about?: string;
  /** How often it happened; 1 when absent. */
  readonly times?: number;
}

/** One line for each station, kind and what it is about, the last one's words, so that a flood of them costs one row. */
export function countedTogether(anomalies: readonly Anomaly[]): Required<Anomaly>[] {
  const lines = new Map<string, Required<Anomaly>>();
  for (const it of anomalies) {
    const about = it.about ?? '';
    const key = `${it.stationId} ${it.kind} ${about}`;
    lines.set(key, { ...keepable(it), about, times: (it.times ?? 1) + (lines.get(key)?.times ?? 0) });
  }
  return [...lines.values()];
}

/** Lines quote what others sent, cut off anywhere. PostgreSQL keeps neither NUL nor half a surrogate pair. */
const keepable = (it: Anomaly): Anomaly => ({
  ...it,
  sentence: plainText(it.sentence),
  facts: JSON.parse(JSON.stringify(it.facts), (_, value) => (typeof value === 'string' ? plainText(value) : value)),
});

const plainText = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
