import type { Announced } from './work.ts';

/** Tells the open screens of this process what has just been committed. Losing a message costs a refresh, never a fact. */
export class Live {
  readonly #listeners = new Set<(announced: Announced) => void>();

  /** @throws AggregateError after all have been told, when some could not be */
  readonly publish = (announced: Announced): void => {
    const errors: unknown[] = [];
    for (const hear of this.#listeners)
      try {
        hear(announced);
      } catch (error) {
        errors.push(error);
      }
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} could not be told of ${announced.type}`);
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
