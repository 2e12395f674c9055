// What a text means to be, by its own words: whether it is so is for those who verify it.
import { FIRST_LINE } from './answer.ts';
import { HEAD } from './receipt.ts';

export type Claim = 'receipt' | 'checkpoint' | 'answer' | 'handover' | 'history';

/** @returns undefined when it is none of them */
export function claimIn(text: string): Claim | undefined {
  if (/^\s*\{/.test(text)) return claimInJson(text);
  if (text.startsWith(HEAD)) return 'receipt';
  if (text.startsWith(`${FIRST_LINE}\n`)) return 'answer';
  return text.includes('\n\n— ') ? 'checkpoint' : undefined;
}

function claimInJson(text: string): Claim | undefined {
  let it: object;
  try {
    it = JSON.parse(text);
  } catch {
    return undefined;
  }
  if ('note' in it) return 'receipt' in it || 'history' in it ? 'handover' : 'answer';
  return 'head' in it && 'events' in it ? 'history' : undefined;
}
