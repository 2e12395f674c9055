// What was tried, and what did not come out as it must.
export class Tally {
  readonly #tried = new Map<string, number>();
  readonly failures: string[] = [];
  passed = 0;

  /** One thing that must be so. */
  check(what: string, isSo: boolean, sentence: () => string): void {
    this.#tried.set(what, (this.#tried.get(what) ?? 0) + 1);
    if (isSo) this.passed++;
    else this.failures.push(`${what}: ${sentence()}`);
  }

  /** `12,345 valid, 678 broken, …` */
  get counts(): string {
    return [...this.#tried]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, many]) => `${many.toLocaleString('en')} ${what}`)
      .join(', ');
  }
}
