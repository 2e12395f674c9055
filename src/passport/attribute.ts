// What one attribute of a battery passport is: DIN DKE SPEC 99100:2025-02 by number, in our own short words.
import type { ValueKind } from './value.ts';
import { type AccessClass, type Aspect, type Category, categories, type Demand, type Supplier } from './words.ts';

export interface Attribute {
  /** 1 to 93. */
  readonly no: number;
  /** Of the specification. */
  readonly chapter: string;
  readonly key: string;
  readonly en: string;
  readonly zh: string;
  readonly unit: string | null;
  readonly access: AccessClass;
  readonly changes: 'static' | 'dynamic';
  /** What it is the same for: all packs of a model, or one pack. */
  readonly of: 'model' | 'pack';
  /** x mandatory, o voluntary, - none; for each of `categories`. */
  readonly must: string;
  readonly from: Supplier;
  readonly aspect: Aspect;
  /** Where the published aspect model holds it, in its own spelling; null where it has no place. */
  readonly path: string | null;
  readonly kind: ValueKind;
}

/** What one category demands of an attribute. */
export const demandOf = ({ must }: Pick<Attribute, 'must'>, category: Category): Demand =>
  (({ x: 'mandatory', o: 'voluntary' }) as const)[must[categories.indexOf(category)] as 'x' | 'o'] ?? 'none';

type Row = readonly [
  no: number,
  chapter: string,
  key: string,
  en: string,
  zh: string,
  unit: string | null,
  access: keyof typeof ACCESS,
  /** s or d for static or dynamic, m or p for of the model or of the pack. */
  nature: 'sm' | 'sp' | 'dp',
  must: string,
  from: Supplier,
  path: string | null,
  kind: ValueKind,
];

const ACCESS = { P: 'public', I: 'interest', C: 'interest-commission', A: 'authorities' } as const;

/** Rows of one aspect, spelled out. */
export const attributesOf = (aspect: Aspect, rows: readonly Row[]): readonly Attribute[] =>
  rows.map(([no, chapter, key, en, zh, unit, access, nature, must, from, path, kind]) => ({
    ...{ no, chapter, key, en, zh, unit, must, from, aspect, path, kind },
    access: ACCESS[access],
    changes: nature[0] === 'd' ? ('dynamic' as const) : ('static' as const),
    of: nature[1] === 'p' ? ('pack' as const) : ('model' as const),
  }));
