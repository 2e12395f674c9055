/**
 * A costly answer, shared by all who ask within a moment: made once, kept for so many milliseconds of real time. Whoever
 * asks while it is being made waits for the same. A failure is kept for nobody.
 */
export class Moment<T> {
  readonly #ms: number;
  #answer: Promise<T> | undefined;

  constructor(ms: number) {
    this.#ms = ms;
  }

  get(make: () => Promise<T>): Promise<T> {
    this.#answer ??= this.#made(make);
    return this.#answer;
  }

  async #made(make: () => Promise<T>): Promise<T> {
    try {
      const answer = await make();
      setTimeout(() => this.forget(), this.#ms).unref();
      return answer;
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** What is being made is still given to whoever waits for it already. */
  forget(): void {
    this.#answer = undefined;
  }
}
