// A ZIP archive as a stream (PKWARE APPNOTE 6.3.10): each entry is deflated as it comes, its sizes follow it in a data
// descriptor, so nothing is held but the list of entries.
import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface Entry {
  readonly name: string;
  readonly content: AsyncIterable<string> | Iterable<string>;
}

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly plain: number;
}

/** Sizes and offsets have 32 bits here; ours stay far below. */
const MOST = 0xffff_ffff;
const VERSION = 20;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01 00:00, the earliest a ZIP can say: the files in it have no time of their own. */
const NO_DATE = 0x0021_0000;

/** @throws RangeError beyond 4 GiB */
export async function* zip(entries: readonly Entry[]): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for (const { name: text, content } of entries) {
    const name = Buffer.from(text);
    const start = offset;
    const header = localHeader(name);
    yield header;
    offset += header.length;
    const sizes = { crc: 0, packed: 0, plain: 0 };
    for await (const chunk of deflated(content, sizes)) {
      yield chunk;
      offset += chunk.length;
    }
    const descriptor = words([0x0807_4b50, sizes.crc, sizes.packed, sizes.plain]);
    yield descriptor;
    offset += descriptor.length;
    if (offset > MOST || sizes.plain > MOST) throw new RangeError('a ZIP without extensions holds at most 4 GiB');
    written.push({ name, offset: start, ...sizes });
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  yield directory;
  yield endOf(written.length, directory.length, offset);
}

async function* deflated(
  content: Entry['content'],
  sizes: { crc: number; packed: number; plain: number },
): AsyncGenerator<Buffer> {
  const packer = createDeflateRaw({ level: 3 }); // sheets are so repetitive that more effort brings little
  const feeding = (async () => {
    try {
      for await (const text of content) {
        const bytes = Buffer.from(text);
        sizes.crc = crc32(bytes, sizes.crc);
        sizes.plain += bytes.length;
        if (!packer.write(bytes)) await once(packer, 'drain');
      }
      packer.end();
    } catch (error) {
      packer.destroy(error as Error);
    }
  })();
  for await (const chunk of packer) {
    sizes.packed += (chunk as Buffer).length;
    yield chunk as Buffer;
  }
  await feeding;
}

function localHeader(name: Buffer): Buffer {
  const it = Buffer.alloc(30);
  it.writeUInt32LE(0x0403_4b50, 0);
  it.writeUInt16LE(VERSION, 4);
  it.writeUInt16LE(FLAGS, 6);
  it.writeUInt16LE(DEFLATED, 8);
  it.writeUInt32LE(NO_DATE, 10);
  it.writeUInt16LE(name.length, 26);
  return Buffer.concat([it, name]);
}

function directoryEntry({ name, offset, crc, packed, plain }: Written): Buffer {
  const it = Buffer.alloc(46);
  it.writeUInt32LE(0x0201_4b50, 0);
  it.writeUInt16LE(VERSION, 4);
  it.writeUInt16LE(VERSION, 6);
  it.writeUInt16LE(FLAGS, 8);
  it.writeUInt16LE(DEFLATED, 10);
  it.writeUInt32LE(NO_DATE, 12);
  it.writeUInt32LE(crc, 16);
  it.writeUInt32LE(packed, 20);
  it.writeUInt32LE(plain, 24);
  it.writeUInt16LE(name.length, 28);
  it.writeUInt32LE(offset, 42);
  return Buffer.concat([it, name]);
}

function endOf(entries: number, bytes: number, offset: number): Buffer {
  const it = Buffer.alloc(22);
  it.writeUInt32LE(0x0605_4b50, 0);
  it.writeUInt16LE(entries, 8);
  it.writeUInt16LE(entries, 10);
  it.writeUInt32LE(bytes, 12);
  it.writeUInt32LE(offset, 16);
  return it;
}

function words(values: readonly number[]): Buffer {
  const it = Buffer.alloc(values.length * 4);
  values.forEach((value, n) => void it.writeUInt32LE(value, n * 4));
  return it;
}
