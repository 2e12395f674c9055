// Documents for networks that are made up.
import type { Work } from '#kernel';
import { checkDigit } from './digitalLink.ts';
import { demandSound } from './document.ts';
import { addDocument, newestDocument } from './store.ts';

interface MadeUp {
  /** Which of the catalogue the model is. */
  readonly number: number;
  readonly codePrefix: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Supplies what somebody made up of a model that nobody has supplied anything for; it is marked so wherever it is shown. Its GTIN is one of those that GS1 keeps for
 * use within a company (prefix 20 to 29), so it is nobody's.
 * @throws Refused `passport-wrong`, as for everybody
 */
export async function supplySimulated(
  work: Work,
  model: string,
  { number, codePrefix, values }: MadeUp,
): Promise<void> {
  if (await newestDocument(work, model)) return;
  const thirteen = `02${String(number).padStart(11, '0')}`;
  const document = { gtin: codePrefix === null ? null : thirteen + checkDigit(thirteen), codePrefix, values };
  demandSound(model, document);
  await addDocument(work, model, document, { by: null, simulated: true });
}
