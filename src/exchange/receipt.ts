// What a platform answers, and whether it is to be believed. The same text is made here and by the mock platform.
import { hash } from 'node:crypto';
import { z } from 'zod';
import { readNote, signedBy, utf8, type VerifierKey } from '#record/verify';

const HEAD = 'packloop receipt v1\n';

export const Receipt = z.strictObject({
  id: z.string(),
  revision: z.int(),
  /** SHA-256 of the message, as hex. */
  digest: z.string(),
  receivedAt: z.iso.datetime(),
  /** The platform's own number for it. */
  number: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

export const digestOf = (message: string): string => hash('sha256', message, 'hex');

export const receiptText = (it: Receipt): string => `${HEAD}${JSON.stringify(it)}\n`;

/** @returns why it proves nothing of this report; undefined when the platform has it */
export async function wrongIn(
  note: string,
  of: { readonly id: string; readonly revision: number; readonly message: string },
  key: VerifierKey,
): Promise<string | undefined> {
  try {
    const read = readNote(utf8(note));
    if ((await signedBy(read, [key])).length === 0) return 'the receipt is not signed by the platform';
    if (!read.text.startsWith(HEAD)) return 'the receipt is none';
    const receipt = Receipt.parse(JSON.parse(read.text.slice(HEAD.length)));
    if (receipt.id !== of.id || receipt.revision !== of.revision) return 'the receipt is of another report';
    return receipt.digest === digestOf(of.message) ? undefined : 'the receipt is of another text';
  } catch (error) {
    return `the receipt cannot be read: ${(error as Error).message.slice(0, 200)}`;
  }
}

/** The answer to a batch: a word for each report. */
export const Answer = z.object({
  results: z
    .array(
      z.discriminatedUnion('result', [
        z.object({ id: z.string(), result: z.literal('received'), receipt: z.string().max(4000) }),
        z.object({
          id: z.string(),
          result: z.literal('rejected'),
          field: z.string().max(200).nullable(),
          reason: z.string().min(1).max(1000),
        }),
      ]),
    )
    .max(1000),
});
export type Answer = z.infer<typeof Answer>;
