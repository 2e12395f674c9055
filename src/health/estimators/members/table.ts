/**
 * Rows a model is trained on or asked about: `x` lies column by column (`x[column * rows + row]`), so that a column can be
 * run through at the speed of memory. Every entry is finite.
 */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly x: Float64Array;
}

/** A table with what is to be learnt: `y`, the weight of each row, and which cell it is of. */
export interface Lesson extends Table {
  readonly y: Float64Array;
  readonly weight: Float64Array;
  readonly cell: Int32Array;
}

/** The chosen columns of a table, in the order asked. @throws Error when one is not there */
export function withColumns(table: Table, columns: readonly string[]): Table {
  const x = new Float64Array(columns.length * table.rows);
  columns.forEach((name, to) => {
    const from = table.columns.indexOf(name);
    if (from < 0) throw new Error(`the table has no column "${name}"`);
    x.set(table.x.subarray(from * table.rows, (from + 1) * table.rows), to * table.rows);
  });
  return { columns, rows: table.rows, x };
}
