// Exported files read back as whoever gets them would: each row by the names of its columns.
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';

type Row = Readonly<Record<string, unknown>>;

export async function rowsOf(format: string, bytes: Buffer): Promise<readonly Row[]> {
  if (format === 'csv') return parse(bytes, { bom: true, columns: true }) as Row[];
  if (format === 'parquet') return await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  return sheetRows(unzipped(bytes).get('xl/worksheets/sheet1.xml') ?? '');
}

/** The first row names the columns; numbers stand in `v`, texts in `t`. */
function sheetRows(sheet: string): Row[] {
  const rows = [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, body]) =>
    [...body!.matchAll(/<c(?:\/>|(?: [^>]*)?>(.*?)<\/c>)/gs)].map(([, cell = '']) => {
      const number = /<v>(.*)<\/v>/.exec(cell)?.[1];
      return number === undefined ? /<t[^>]*>(.*)<\/t>/s.exec(cell)?.[1] : Number(number);
    }),
  );
  const [names = [], ...values] = rows;
  return values.map((row) => Object.fromEntries(names.map((name, n) => [String(name), row[n]])));
}

/** The files of an archive, found by its directory at the end, as any program finds them. */
function unzipped(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  assert.ok(end > 0, 'an archive ends with its directory');
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [packed, nameLength, header] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt32LE(at + 42),
    ];
    const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const content = bytes.subarray(from, from + packed);
    const isPlain = bytes.readUInt16LE(at + 10) === 0;
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + nameLength),
      String(isPlain ? content : inflateRawSync(content)),
    );
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
