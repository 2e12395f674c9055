// How a number is computed, as data: said in both languages beside each other, so that they are written together.
export interface Fact {
  readonly title: { readonly zh: string; readonly en: string };
  /** In a sentence or two, as an operator would say it. */
  readonly words: { readonly zh: string; readonly en: string };
  readonly formula: string;
  readonly unit: { readonly zh: string; readonly en: string };
  /** The route that tells it, such as `GET /v1/network`. */
  readonly source: string;
}

export type Facts = Readonly<Record<string, Fact>>;
