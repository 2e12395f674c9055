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

const known = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Where in `x` each of the columns begins, in the order asked. @throws Error when one is not there */
export function placesOf({ columns, rows }: Table, asked: readonly string[]): Int32Array {
  const places = known.get(columns) ?? new Map(columns.map((name, column) => [name, column]));
  known.set(columns, places);
  return Int32Array.from(asked, (name) => {
    const column = places.get(name);
    if (column === undefined) throw new Error(`the table has no column "${name}"`);
    return column * rows;
  });
}

/** The chosen columns of a table, in the order asked. @throws Error when one is not there */
export function withColumns(table: Table, columns: readonly string[]): Table {
  const x = new Float64Array(columns.length * table.rows);
  placesOf(table, columns).forEach((from, to) => {
    x.set(table.x.subarray(from, from + table.rows), to * table.rows);
  });
  return { columns, rows: table.rows, x };
}
