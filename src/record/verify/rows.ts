// Many short rows of bytes in few arrays. An object for each would take ten times the memory, and the collector's time.
import type { Bytes } from './bytes.ts';

/** Rows of one array: it never has to be copied when more come. */
const EACH = 65_536;

export class Rows {
  readonly #width: number;
  readonly #arrays: { readonly bytes: Bytes; readonly view: DataView }[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Makes room for so many rows, of zeros. */
  grow(rows: number): void {
    while (this.#arrays.length * EACH < rows) {
      const bytes = new Uint8Array(EACH * this.#width);
      this.#arrays.push({ bytes, view: new DataView(bytes.buffer) });
    }
  }

  /** The row itself: writing to it changes it. */
  at(row: number): Bytes {
    const from = (row % EACH) * this.#width;
    return this.#arrays[Math.floor(row / EACH)]!.bytes.subarray(from, from + this.#width);
  }

  /** The only byte of a row. */
  getUint8(row: number): number {
    return this.#arrays[Math.floor(row / EACH)]!.bytes[row % EACH]!;
  }

  setUint8(row: number, value: number): void {
    this.#arrays[Math.floor(row / EACH)]!.bytes[row % EACH] = value;
  }

  getInt32(row: number, at: number): number {
    return this.#of(row).getInt32((row % EACH) * this.#width + at);
  }

  setInt32(row: number, at: number, value: number): void {
    this.#of(row).setInt32((row % EACH) * this.#width + at, value);
  }

  getFloat64(row: number, at: number): number {
    return this.#of(row).getFloat64((row % EACH) * this.#width + at);
  }

  setFloat64(row: number, at: number, value: number): void {
    this.#of(row).setFloat64((row % EACH) * this.#width + at, value);
  }

  #of(row: number): DataView {
    return this.#arrays[Math.floor(row / EACH)]!.view;
  }
}
