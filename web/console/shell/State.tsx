import type { ReactNode } from 'react';

export type Mood = 'good' | 'going' | 'low' | 'bad' | 'calm';

/** A state in words, with a sign that differs in shape and not only in colour. */
export function State({ mood, children }: { mood: Mood; children: ReactNode }) {
  return <span className={`state is-${mood}`}>{children}</span>;
}
