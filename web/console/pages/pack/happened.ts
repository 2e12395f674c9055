// Entries of the record in words: what kind they are, and the fields of them that a person wants to read. Pure.
const kinds = {
  pack: [
    'registered',
    'quarantined',
    'cleared',
    'recalled',
    'recall-lifted',
    'placed',
    'handed-over',
    'handover-disputed',
    'counters-read',
    'charged',
    'succeeded',
    'second-use',
    'graded',
    'test-started',
    'tested',
    'test-aborted',
  ],
  swap: ['pack-returned', 'pack-given'],
  health: ['soh-estimated', 'risk-changed', 'risk-cleared', 'fade-noticed'],
  title: [
    'transferred',
    'pledged',
    'released',
    'leased',
    'asked',
    'voted',
    'restricted',
    'offered',
    'taken',
    'enacted',
  ],
  exchange: ['pack-lost', 'pack-found'],
  record: ['text-taken-out'],
} as const;
type Kinds = typeof kinds;

export type HappenedKey = { [K in keyof Kinds]: `pack.happened.${K}.${Kinds[K][number]}` }[keyof Kinds];

/** The words for a type of entry; nothing when the record knows more types than we do. */
export function happenedKey(type: string): HappenedKey | undefined {
  const [room = '', what = ''] = type.split('.');
  const known: readonly string[] | undefined = Object.hasOwn(kinds, room) ? kinds[room as keyof Kinds] : undefined;
  return known?.includes(what) ? (`pack.happened.${type}` as HappenedKey) : undefined;
}

/** In the order in which they are read. */
const fields = [
  'grade',
  'why',
  'level',
  'detector',
  'finding',
  'reason',
  'from',
  'to',
  'stationId',
  'slotNo',
  'soc',
  'soh',
  'energyWh',
  'wh',
  'hotMinutes',
  'coldMinutes',
  'deepDischarges',
  'model',
  'capacityWh',
  'producedOn',
  'successor',
  'original',
  'swapId',
  'by',
] as const;
type FieldName = (typeof fields)[number];

export function fieldsOf(
  body: Readonly<Record<string, unknown>>,
): readonly { readonly name: FieldName; readonly value: string | number }[] {
  return fields.flatMap((name) => {
    const value = name === 'detector' ? firstDetector(body) : body[name];
    return typeof value === 'string' || typeof value === 'number' ? [{ name, value }] : [];
  });
}

/** Of early warning: what it found first. */
function firstDetector({ reasons }: Readonly<Record<string, unknown>>): unknown {
  const [first] = Array.isArray(reasons) ? (reasons as readonly { readonly detector?: unknown }[]) : [];
  return first?.detector;
}
