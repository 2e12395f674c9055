/** Which methods are served at which paths, so that an address that is known is told from one that is not. */
export class KnownPaths {
  readonly #patterns = new Map<string, { readonly path: RegExp; readonly methods: Set<string> }>();

  /** `pattern` as routes write it: `/v1/stations/:id`. One with `*` stands for files, of which we do not know. */
  add(pattern: string, methods: string | readonly string[]): void {
    if (pattern.includes('*')) return;
    const known = this.#patterns.get(pattern) ?? { path: expression(pattern), methods: new Set() };
    for (const it of [methods].flat()) known.methods.add(it);
    this.#patterns.set(pattern, known);
  }

  /** What may be asked at an address, sorted; none when nothing is there. */
  methodsAt(url: string): string[] {
    const path = url.split('?', 1)[0]!;
    const found = [...this.#patterns.values()].filter((it) => it.path.test(path));
    return [...new Set(found.flatMap((it) => [...it.methods]))].sort();
  }
}

const expression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('/')
      .map((it) => (it.startsWith(':') ? '[^/]+' : RegExp.escape(it)))
      .join('/')}$`,
  );
