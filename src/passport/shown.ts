// A visible passport as it is answered: one row for each attribute. Everything that leaves the house goes through here or `export/`.
import type { Work } from '#kernel';
import { mayRead, type Visible } from './access.ts';
import { type Attribute, demandOf } from './attribute.ts';
import { attributes } from './attributes/index.ts';
import { coverageOf } from './coverage.ts';
import { linkPath } from './digitalLink.ts';
import { type Document, newestDocument } from './store.ts';
import { readerClasses } from './words.ts';

export async function shown(work: Work, passport: Visible) {
  return shownWith(passport, (await newestDocument(work, passport.model)) ?? { gtin: null, codePrefix: null });
}

/** The same, when it is known how the model is numbered. */
export function shownWith(passport: Visible, { gtin, codePrefix }: Pick<Document, 'gtin' | 'codePrefix'>) {
  const { values, reader, category, ...rest } = passport;
  const { id, code, model, document, asOf, frozenAt, original, successor, responsible } = rest;
  const { missing, ...counted } = coverageOf(passport);
  return {
    ...{ id, code, category, model, document, asOf, frozenAt, original, successor, responsible },
    reader: { as: reader.as, purpose: reader.as === 'interest' ? reader.purpose : null },
    link: linkPath(code, { gtin, codePrefix }),
    coverage: { ...counted, missing: [...missing] },
    values: attributes.map((it) => ({ ...named(it), demand: demandOf(it, category), is: values[it.key]! })),
  };
}

/** What an attribute is, for people and programs. */
export const named = ({ no, key, en, zh, unit, aspect, access, changes }: Attribute) => ({
  ...{ no, key, en, zh, unit, aspect, access, changes },
  seenBy: readerClasses.filter((as) => mayRead(as === 'interest' ? { as, purpose: 'repair' } : { as }, access)),
});
