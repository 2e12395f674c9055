// Entries of the record in words: what kind they are, and the fields of them that a person wants to read. Pure.
const ofPack = [
  'registered',
  'quarantined',
  'cleared',
  'recalled',
  'recall-lifted',
  'placed',
  'counters-read',
  'charged',
  'succeeded',
  'second-use',
  'graded',
  'test-started',
  'tested',
  'test-aborted',
] as const;
const ofSwap = ['pack-returned', 'pack-given'] as const;
const ofHealth = ['soh-estimated', 'risk-changed', 'risk-cleared', 'fade-noticed'] as const;

export type HappenedKey =
  | `pack.happened.pack.${(typeof ofPack)[number]}`
  | `pack.happened.swap.${(typeof ofSwap)[number]}`
  | `pack.happened.health.${(typeof ofHealth)[number]}`;

/** The words for a type of entry; nothing when the record knows more types than we do. */
export function happenedKey(type: string): HappenedKey | undefined {
  const pack = ofPack.find((it) => type === `pack.${it}`);
  if (pack) return `pack.happened.pack.${pack}`;
  const swap = ofSwap.find((it) => type === `swap.${it}`);
  if (swap) return `pack.happened.swap.${swap}`;
  const health = ofHealth.find((it) => type === `health.${it}`);
  return health && `pack.happened.health.${health}`;
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
