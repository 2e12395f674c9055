import type { z } from 'zod';
import { cursorWrong } from './cursor.ts';
import { malformed, malformedAt } from './problems.ts';
import { unstorable } from './text.ts';

/** @throws Refused `malformed` (`cursor-wrong` for a cursor that cannot be text of ours); any other failed parse, such as of our own reply, is a bug and not the caller's */
export function read(shape: z.ZodType | undefined, sent: unknown): unknown {
  const wrong = unstorable(sent);
  if (wrong) throw wrong.field === 'cursor' ? cursorWrong() : malformedAt([wrong]);
  const it = shape?.safeParse(sent);
  if (it && !it.success) throw malformed(it.error);
  return it?.data;
}
