// What a transfer was booked for, as its id tells: `swap/<id>/…` or `pack/<code>/…`. Pure.
export interface Source {
  readonly what: 'swap' | 'pack';
  readonly id: string;
  readonly href: string;
}

export function about(id: string): Source | undefined {
  const read = /^(swap|pack)\/([^/]+)\//.exec(id);
  if (!read) return undefined;
  const [, what, of] = read as unknown as [string, Source['what'], string];
  return { what, id: of, href: `/${what === 'swap' ? 'swaps' : 'packs'}/${encodeURIComponent(of)}` };
}
