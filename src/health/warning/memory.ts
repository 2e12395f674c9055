// What is remembered of each item of a detector, as arrays to reckon with and as the text in which it is stored: a watch is
// stored after each charge, and must be small. The text is the memory to the last bit, so that a replay ends the same.

export interface Memory {
  readonly bytes: Uint8Array<ArrayBuffer>;
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

/** An empty memory. */
export const nothing = (items: number, closely: boolean): Memory =>
  laidOut(new Uint8Array(items * (ITEM_BYTES + (closely ? CLOSE_BYTES : 0))), closely);

/** The memory in a text that `textOf` made; the caller's own, to be changed. */
export const opened = (text: string, closely: boolean): Memory => laidOut(Uint8Array.fromBase64(text), closely);

export const textOf = ({ bytes }: Memory): string => bytes.toBase64();

/** Little-endian, as every machine that Node runs on here. */
function laidOut(bytes: Uint8Array<ArrayBuffer>, closely: boolean): Memory {
  const { buffer } = bytes;
  const items = buffer.byteLength / (ITEM_BYTES + (closely ? CLOSE_BYTES : 0));
  const close = closely ? items : 0;
  // The widest first, so that each begins at a multiple of its width.
  const narrow = close * 12 + items * 8;
  return {
    bytes,
    sumFromS: new Float64Array(buffer, 0, close),
    sumFrom: new Float32Array(buffer, close * 8, close),
    usual: new Float32Array(buffer, close * 12, items),
    sum: new Float32Array(buffer, close * 12 + items * 4, items),
    once: new Float16Array(buffer, narrow, close),
    newest: new Float16Array(buffer, narrow + close * 2, items),
    older: new Float16Array(buffer, narrow + close * 2 + items * 2, items),
    held: new Float16Array(buffer, narrow + close * 2 + items * 4, items),
    seen: new Uint16Array(buffer, narrow + close * 2 + items * 6, items),
  };
}
