// Two organisations that hand packs over, for tests.
import type { Work } from '#kernel';
import { signedText } from '#pack';
import { signedNote } from '#record/log';
import type { PackCode, PartyId } from '#units';
import { signingKeyOf } from '../../pack/title/testing.ts';
import { signatureLine } from '../../record/log/keys.ts';
import type { Delivered, Heads } from './delivery.ts';
import { disputeDrafted, offerDrafted } from './draft.ts';
import { deliver } from './index.ts';
import type { Dispute, Offer, Statement } from './statement.ts';

/** The note of a statement, signed by the keys that tests give these organisations. */
export async function signedBy(statement: Statement, ...by: readonly string[]): Promise<string> {
  const text = signedText(statement);
  const [first, ...others] = by;
  const lines = await Promise.all(others.map((it) => signatureLine(signingKeyOf(it), text)));
  return (await signedNote(signingKeyOf(first!), text)) + lines.join('');
}

/** What the network would have both sign. */
export async function offerTo(work: Work, code: PackCode, to: string, given: Partial<Offer> = {}): Promise<Offer> {
  const asked = { to: to as PartyId, place: 'Yard 3, Shenzhen', damage: ['scratch on the left'] };
  return { ...((await offerDrafted(work, code, asked, undefined)).statement as Offer), ...given };
}

export async function against(work: Work, code: PackCode, disputes: string, given: Partial<Dispute> = {}) {
  const asked = { disputes, why: 'the case is dented', soh: 90, damage: ['dent in the case'] };
  return { ...((await disputeDrafted(work, code, asked)).statement as Dispute), ...given };
}

/** By somebody who sees the pack, where no log is kept. */
export const bring = (work: Work, code: PackCode, note: string, heads?: Heads): Promise<Delivered> =>
  deliver(work, code, note, { isSeen: true, heads });
