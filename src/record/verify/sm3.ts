// SM3 (GB/T 32905-2016, ISO/IEC 10118-3): the hash below SM2 signatures. Written out because no browser has it.
import type { Bytes } from './bytes.ts';

const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e] as const;

/** SM3 of a message: 32 bytes. */
export function sm3(message: Uint8Array): Bytes {
  const padded = padding(message);
  const state = Uint32Array.from(START);
  for (let at = 0; at < padded.byteLength; at += 64) compress(state, padded, at);
  const hash = new Uint8Array(32);
  const view = new DataView(hash.buffer);
  for (const [at, word] of state.entries()) view.setUint32(4 * at, word);
  return hash;
}

/** Clause 5.2: a one, zeroes, and the length in bits. */
function padding(message: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, 8n * BigInt(message.length));
  return view;
}

const turned = (word: number, by: number) => (word << (by % 32)) | (word >>> ((32 - by) % 32));
const p0 = (x: number) => x ^ turned(x, 9) ^ turned(x, 17);
const p1 = (x: number) => x ^ turned(x, 15) ^ turned(x, 23);

/** Clause 5.3: one block of 64 bytes into the state. */
function compress(state: Uint32Array, block: DataView, from: number): void {
  const w = new Int32Array(68);
  for (let j = 0; j < 16; j++) w[j] = block.getInt32(from + 4 * j);
  for (let j = 16; j < 68; j++)
    w[j] = p1(w[j - 16]! ^ w[j - 9]! ^ turned(w[j - 3]!, 15)) ^ turned(w[j - 13]!, 7) ^ w[j - 6]!;
  let [a, b, c, d, e, f, g, h] = Array.from(state) as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < 64; j++) {
    const isEarly = j < 16;
    const a12 = turned(a, 12);
    const ss1 = turned((a12 + e + turned(isEarly ? 0x79cc4519 : 0x7a879d8a, j)) | 0, 7);
    const ff = isEarly ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = isEarly ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + (ss1 ^ a12) + (w[j]! ^ w[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + w[j]!) | 0;
    [a, b, c, d] = [tt1, a, turned(b, 9), c];
    [e, f, g, h] = [p0(tt2), e, turned(f, 19), g];
  }
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = state[at]! ^ word;
}
