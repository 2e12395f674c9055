// Who holds something in the books, as `station:SZ-01`: taken apart, and where one reads more of it. Pure.
export const holderKinds = ['driver', 'station', 'party', 'vehicle', 'clearing', 'outside'] as const;
export type HolderKind = (typeof holderKinds)[number];

export interface HolderParts {
  /** Nothing when it is of a kind that this page does not know. */
  readonly kind: HolderKind | undefined;
  readonly name: string;
}

export function holderParts(holder: string): HolderParts {
  const at = holder.indexOf(':');
  const kind = holderKinds.find((it) => it === holder.slice(0, Math.max(0, at)));
  return kind ? { kind, name: holder.slice(at + 1) } : { kind: undefined, name: holder };
}

/** The page about a holder; its accounts where it has no page of its own. */
export function holderHref(holder: string): string {
  const { kind, name } = holderParts(holder);
  const text = encodeURIComponent(name);
  if (kind === 'station') return `/stations/${text}`;
  if (kind === 'vehicle') return `/vehicles?q=${text}`;
  if (kind === 'driver') return `/drivers?q=${text}`;
  return `/ledger?f.holder=${encodeURIComponent(holder)}`;
}
