// What a trace remembers of each of its items, as arrays to reckon with and as the text in which it is stored: a watch is
// stored after each charge, and must be small. The text is the memory to the last bit, so that a replay ends the same.

export interface Memory {
  /**
   * When each sum last left nothing, in seconds since 1970, and what was usual then; and what the last session that read it
   * twice said both times. No items where nobody looks so closely.
   */
  readonly sumFromS: Float64Array;
  readonly sumFrom: Float32Array;
  readonly once: Float16Array;
  readonly usual: Float32Array;
  readonly sum: Float32Array;
  /** The last two scores, and what two of the last three sessions said. */
  readonly newest: Float16Array;
  readonly older: Float16Array;
  readonly held: Float16Array;
  /** Sessions that told something. */
  readonly seen: Uint16Array;
}

const CLOSE_BYTES = 8 + 4 + 2;
const ITEM_BYTES = 4 + 4 + 2 + 2 + 2 + 2;

/** An empty memory, as text. */
export const nothing = (items: number, closely: boolean): string =>
  new Uint8Array(items * (ITEM_BYTES + (closely ? CLOSE_BYTES : 0))).toBase64();

/** The memory in a text; the caller's own, to be changed. Little-endian, as every machine that Node runs on here. */
export function opened(text: string, closely: boolean): Memory & { readonly bytes: Uint8Array } {
  const bytes = Uint8Array.fromBase64(text);
  const { buffer } = bytes;
  const items = buffer.byteLength / (ITEM_BYTES + (closely ? CLOSE_BYTES : 0));
  const close = closely ? items : 0;
  let at = 0;
  const next = (size: number, many = items): [ArrayBuffer, number, number] => {
    const from = at;
    at += size * many;
    return [buffer, from, many];
  };
  return {
    bytes,
    sumFromS: new Float64Array(...next(8, close)),
    sumFrom: new Float32Array(...next(4, close)),
    usual: new Float32Array(...next(4)),
    sum: new Float32Array(...next(4)),
    once: new Float16Array(...next(2, close)),
    newest: new Float16Array(...next(2)),
    older: new Float16Array(...next(2)),
    held: new Float16Array(...next(2)),
    seen: new Uint16Array(...next(2)),
  };
}
