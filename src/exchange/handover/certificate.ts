// A certificate as a file: what both signed, the receipt of its entry, and the whole history of the pack. Whoever has the file, a
// policy and the keys of both sides needs nobody else.
import { Refused, type Work } from '#kernel';
import { type AccessClass, history, type Keeper } from '#record';
import type { PackCode } from '#units';
import type { Row } from './store.ts';

interface Sealed {
  readonly code: PackCode;
  readonly note: string;
  /** Its entry in the record. */
  readonly seq: number;
}

const PORTION = 1000;

/** @throws Refused `handover-not-certified` */
export async function sealedEntry(work: Work, { id, packCode: code, note, certifiedAt }: Row): Promise<Sealed> {
  if (certifiedAt === null) throw new Refused('handover-not-certified', 'Not both have signed this hand-over', { id });
  for (let after = 0; ; ) {
    const entries = await history(work, `pack:${code}`, { after, most: PORTION });
    const entry = entries.find((it) => it.type === 'pack.handed-over' && it.body.handover === id);
    if (entry) return { code, note, seq: entry.seq };
    if (entries.length < PORTION) throw new Error(`Hand-over ${id} is not in the record: it is damaged`);
    after = entries.at(-1)!.seq;
  }
}

/** Both sides may know what they signed. */
const CLASSES: readonly AccessClass[] = ['public', 'interest'];

/** @throws Refused `entry-not-placed` within the second after both have signed, `log-not-cosigned` */
export async function certificateText(log: Keeper, { code, note, seq }: Sealed): Promise<string> {
  const receipt = await log.receipt(`pack:${code}`, seq, CLASSES);
  const proof = await log.history(`pack:${code}`);
  return `${JSON.stringify({ v: 1, note, receipt, history: proof }, null, 1)}\n`;
}
