// What no text of a request may hold, because PostgreSQL and UTF-8 have no place for it.

/** Deeper than any request of ours is nested. */
const DEEPEST = 50;

interface Wrong {
  readonly field: string;
  readonly problem: string;
}

/** The first thing in a sent value that cannot be stored: a NUL, half a character, or what is nested beyond reason. */
export function unstorable(sent: unknown): Wrong | undefined {
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: sent, path: [] }];
  for (let it = open.pop(); it; it = open.pop()) {
    const { value, path } = it;
    const problem = typeof value === 'string' ? wrongText(value) : undefined;
    if (problem) return { field: path.join('.') || '(whole)', problem };
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= DEEPEST) return { field: path[0]!, problem: `is nested deeper than ${DEEPEST}` };
    for (const [name, inner] of Object.entries(value)) {
      const inName = wrongText(name);
      if (inName) return { field: path.join('.') || '(whole)', problem: `the name of a field ${inName}` };
      if (typeof inner === 'string' || typeof inner === 'object') open.push({ value: inner, path: [...path, name] });
    }
  }
  return undefined;
}

function wrongText(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a NUL character';
  if (!text.isWellFormed()) return 'holds half a character (a lone surrogate)';
  return undefined;
}
