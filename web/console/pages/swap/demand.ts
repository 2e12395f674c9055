// The limit of a check: the server says it as a sentence, of which there are few kinds. Pure.

export type Demand =
  | { readonly is: 'closed' | 'not-demanded' }
  | { readonly is: 'least'; readonly least: number }
  | { readonly is: 'range'; readonly from: number; readonly to: number }
  | { readonly is: 'fewer'; readonly most: number }
  | { readonly is: 'said'; readonly sentence: string };

/** What a sentence demands; the sentence itself when it is of another kind. */
export function readDemand(sentence: string): Demand {
  if (sentence === 'closed (1)') return { is: 'closed' };
  if (sentence === 'not demanded here') return { is: 'not-demanded' };
  const least = /^at least (-?[\d.]+)/.exec(sentence);
  if (least) return { is: 'least', least: Number(least[1]) };
  const range = /^(-?[\d.]+) to (-?[\d.]+) /.exec(sentence);
  if (range) return { is: 'range', from: Number(range[1]), to: Number(range[2]) };
  const fewer = /^fewer than (\d+) matings$/.exec(sentence);
  if (fewer) return { is: 'fewer', most: Number(fewer[1]) };
  return { is: 'said', sentence };
}
