import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import type { Column } from '../listing.ts';
import { csv } from './csv.ts';
import { parquet } from './parquet.ts';
import { xlsx } from './xlsx.ts';

interface Row {
  readonly name: string | null;
  readonly wh: number | null;
  readonly soc: number | null;
  readonly ok: boolean | null;
  readonly at: Temporal.Instant | null;
}

const columns: readonly Column<Row>[] = [
  { name: 'name', kind: 'text', of: (it) => it.name },
  { name: 'energy_wh', kind: 'whole', of: (it) => it.wh },
  { name: 'soc', kind: 'number', of: (it) => it.soc },
  { name: 'ok', kind: 'yes-no', of: (it) => it.ok },
  { name: 'at', kind: 'instant', of: (it) => it.at },
];

const anyRow: fc.Arbitrary<Row> = fc.record({
  name: fc.option(fc.string({ unit: 'binary', minLength: 1 })),
  wh: fc.option(fc.maxSafeInteger()),
  soc: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  ok: fc.option(fc.boolean()),
  at: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))),
});
const anyPages = fc.array(fc.array(anyRow, { maxLength: 5 }), { maxLength: 4 });

async function* given<T>(pages: readonly T[]): AsyncGenerator<T> {
  yield* pages;
}

const whole = async (file: AsyncIterable<Buffer>): Promise<Buffer> => Buffer.concat(await Array.fromAsync(file));

const isFormula = (text: string) => /^[=+\-@\t\r]/.test(text);

test('whatever stands in a list, its CSV reads back the same, and no text is a formula', async () => {
  await fc.assert(
    fc.asyncProperty(anyPages, async (pages) => {
      const text = (await whole(csv(columns, given(pages)))).toString();
      assert.ok(text.startsWith('\uFEFF'));
      const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
      const expected = pages.flat();
      assert.equal(rows.length, expected.length);
      for (const [n, row] of expected.entries()) {
        const name = (row.name ?? '').toWellFormed();
        assert.equal(rows[n]!.name, isFormula(name) ? `'${name}` : name);
        assert.ok(!isFormula(rows[n]!.name!));
        assert.equal(rows[n]!.energy_wh, row.wh === null ? '' : String(row.wh));
        assert.equal(rows[n]!.at, row.at?.toString() ?? '');
      }
    }),
  );
});

test('whatever stands in a list, its Parquet reads back the same, with types', async () => {
  await fc.assert(
    fc.asyncProperty(anyPages, async (pages) => {
      const bytes = await whole(parquet(columns, given(pages)));
      const file = new Uint8Array(bytes).buffer;
      const rows = await parquetReadObjects({ file });
      const expected = pages.flat();
      assert.equal(rows.length, expected.length);
      for (const [n, row] of expected.entries()) {
        assert.equal(rows[n]!.name ?? null, row.name === null ? null : row.name.toWellFormed());
        assert.equal(rows[n]!.energy_wh ?? null, row.wh === null ? null : BigInt(row.wh));
        assert.equal(rows[n]!.soc ?? null, row.soc);
        assert.equal(rows[n]!.ok ?? null, row.ok);
        assert.equal(rows[n]!.at?.getTime() ?? null, row.at?.epochMilliseconds ?? null);
      }
    }),
    { numRuns: 50 },
  );
});

/** Reads an archive by its directory, as every other program does. */
function unzipped(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [crc, packed, plain] = [16, 20, 24].map((field) => bytes.readUInt32LE(at + field));
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const header = bytes.readUInt32LE(at + 42);
    const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const content = inflateRawSync(bytes.subarray(from, from + packed!));
    assert.deepEqual([content.length, crc32(content)], [plain, crc], name);
    files.set(name, content.toString());
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

const plainXml = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#13;', '\r')
    .replaceAll('&amp;', '&');

test('a sheet holds texts as texts, numbers as numbers and instants as dates, whatever stands in them', async () => {
  await fc.assert(
    fc.asyncProperty(anyPages, async (pages) => {
      const files = unzipped(await whole(xlsx(columns, given(pages), 'packs')));
      assert.deepEqual([...files.keys()].toSorted(), [
        '[Content_Types].xml',
        '_rels/.rels',
        'xl/_rels/workbook.xml.rels',
        'xl/styles.xml',
        'xl/workbook.xml',
        'xl/worksheets/sheet1.xml',
      ]);
      const sheet = files.get('xl/worksheets/sheet1.xml')!;
      const rows = [...sheet.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)];
      const expected = pages.flat();
      assert.equal(rows.length, expected.length + 1);
      for (const [n, row] of expected.entries()) {
        const [, no, body] = rows[n + 1]!;
        assert.equal(Number(no), n + 2);
        const cells = [...body!.matchAll(/<c(?:\/>|( [^>]*)?>(.*?)<\/c>)/gs)];
        assert.equal(cells.length, columns.length);
        const text = cells[0]![2]?.match(/<t xml:space="preserve">(.*)<\/t>/s)?.[1] ?? '';
        const kept = (row.name ?? '').toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '');
        assert.equal(plainXml(text), kept);
        const value = (cell: number) => cells[cell]![2]?.match(/<v>(.*)<\/v>/)?.[1];
        assert.equal(value(1) === undefined ? null : Number(value(1)), row.wh);
        const days = value(4);
        if (row.at) assert.ok(Math.abs((Number(days) - 25_569) * 86_400_000 - row.at.epochMilliseconds) < 1);
      }
    }),
    { numRuns: 60 },
  );
});

for (const [name, write] of [
  ['CSV', csv],
  ['Parquet', parquet],
  ['a sheet', (all: typeof columns, pages: AsyncIterable<readonly Row[]>) => xlsx(all, pages, 'x')],
] as const)
  test(`${name} of a list without end is written as it is read: what is not taken is not read`, async () => {
    let read = 0;
    const row: Row = { name: 'pack', wh: 1, soc: 2, ok: true, at: Temporal.Instant.fromEpochMilliseconds(0) };
    const endless = (async function* () {
      for (;;) {
        read++;
        yield Array.from({ length: 1000 }, (_, n) => ({ ...row, name: `${read}-${n}-${Math.sin(read * n)}` }));
      }
    })();
    const file = write(columns, endless);
    for (let n = 0; n < 20; n++) assert.equal((await file.next()).done, false);
    assert.ok(read > 0 && read < 60, `${read} pages for 20 pieces`);
    await file.return(undefined);
  });
