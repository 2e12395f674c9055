import type { Announced } from './work.ts';

/** Tells the open screens of this process what has just been committed. Losing a message costs a refresh, never a fact. */
export class Live {
  readonly #listeners = new Set<(announced: Announced) => void>();

  readonly publish = (announced: Announced): void => {
    for (const hear of this.#listeners) hear(announced);
  };

  /** @returns the function that ends it */
  listen(hear: (announced: Announced) => void): () => void {
    this.#listeners.add(hear);
    return () => void this.#listeners.delete(hear);
  }

  get size(): number {
    return this.#listeners.size;
  }
}
