// A list as Parquet, one row group a page of rows: what is written is sent, only the footer waits for the end.
import type { BasicType, ByteWriter as Writer } from 'hyparquet-writer';
import type { Cell, CellKind, Column } from '../listing.ts';

const types: Readonly<Record<CellKind, BasicType>> = {
  text: 'STRING',
  whole: 'INT64',
  number: 'DOUBLE',
  'yes-no': 'BOOLEAN',
  instant: 'TIMESTAMP',
};

export async function* parquet<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  // Read with the first file and not with the server: who swaps should not wait for it at a start.
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const writer = new ByteWriter();
  const named = columns.map((it) => ({ name: it.name, type: types[it.kind] }));
  const schema = schemaFromColumnData({ columnData: named.map((it) => ({ ...it, data: [] })) });
  const file = new ParquetWriter({ writer, schema, createdBy: 'Packloop' });
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    const columnData = columns.map((it) => ({
      name: it.name,
      data: rows.map((row) => storedAs(it.kind, it.of(row))),
    }));
    await file.write({ columnData, rowGroupSize: rows.length });
    yield taken(writer);
  }
  await file.finish();
  yield taken(writer);
}

/** What is in the writer; it goes on behind it. */
function taken(writer: Writer): Buffer {
  const bytes = Buffer.from(writer.getBytes());
  writer.index = 0;
  return bytes;
}

/** As the file's type wants it: whole numbers of 64 bits are bigints, instants are dates of JavaScript. */
function storedAs(kind: CellKind, cell: Cell | undefined): unknown {
  if (cell === null || cell === undefined) return null;
  if (kind === 'whole') return BigInt(cell as number);
  if (kind === 'instant') return new Date((cell as Temporal.Instant).epochMilliseconds);
  return cell;
}
