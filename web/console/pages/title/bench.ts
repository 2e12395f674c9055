// What is on the bench: an act that is being typed, or a text that is being signed. It survives a reload of this tab, and nothing else does.
import { useState } from 'react';
import { type Kind, kinds } from './kinds.ts';
import type { Prepared } from './notes.ts';
import type { Typed } from './typed.ts';

export type Bench =
  | { readonly step: 'choosing' }
  | { readonly step: 'typing'; readonly kind: Kind; readonly typed: Typed }
  | { readonly step: 'signing'; readonly prepared: Prepared };

/** Begins an act of this kind, with what is known of it already. */
export type Start = (kind: Kind, typed?: Typed) => void;

const empty: Bench = { step: 'choosing' };
const keyOf = (code: string): string => `title ${code}`;

/** @returns what lies there, and how to put something else there */
export function useBench(code: string): readonly [Bench, (next: Bench) => void] {
  const [bench, setBench] = useState(() => kept(code));
  const put = (next: Bench) => {
    setBench(next);
    try {
      if (next.step === 'choosing') sessionStorage.removeItem(keyOf(code));
      else sessionStorage.setItem(keyOf(code), JSON.stringify(next));
    } catch {
      // A browser that forbids storage forgets at a reload; nothing else happens.
    }
  };
  return [bench, put];
}

function kept(code: string): Bench {
  try {
    const it = JSON.parse(sessionStorage.getItem(keyOf(code)) ?? 'null') as Bench | null;
    // What another version of this page left is not gone on with.
    return it && (it.step === 'typing' ? kinds.includes(it.kind) : it.step === 'signing' && 'text' in it.prepared)
      ? it
      : empty;
  } catch {
    return empty;
  }
}
