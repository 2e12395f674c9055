// What of a passport an export may write: the values its reader sees, by key.
import type { Visible } from '../access.ts';

export interface Known {
  /** Undefined where it is missing, withheld or not asked for. */
  value<T = unknown>(key: string): T | undefined;
  /** When it was so. */
  at(key: string): string | undefined;
}

export function known({ values }: Visible): Known {
  const of = (key: string) => {
    const it = values[key];
    return it?.state === 'known' ? it : undefined;
  };
  return { value: <T>(key: string) => of(key)?.value as T | undefined, at: (key) => of(key)?.at };
}

export const part = <T, R>(value: unknown, make: (it: T) => R): R | undefined =>
  value === undefined ? undefined : make(value as T);

/** Without what is undefined, and without objects in which nothing is left. Lists stay, empty ones too. */
export function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).flatMap(([key, it]) => {
    const left = pruned(it);
    return left === undefined ? [] : [[key, left] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
