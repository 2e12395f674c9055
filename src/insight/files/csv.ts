// A list as CSV (RFC 4180), for spreadsheets and programs alike.
import type { Cell, Column } from '../listing.ts';

/** Without it Excel takes UTF-8 for the code page of the machine. */
const BOM = '\uFEFF';
const END = '\r\n';

/** One chunk a page of rows. */
export async function* csv<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`${BOM}${columns.map((it) => quoted(it.name)).join(',')}${END}`);
  for await (const rows of pages) yield Buffer.from(rows.map((row) => lineOf(columns, row)).join(''));
}

const lineOf = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  `${columns.map((it) => textOf(it.of(row))).join(',')}${END}`;

/** Numbers and instants (ISO 8601, UTC) are plain; nothing is an empty cell. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return quoted(harmless(cell));
  return cell.toString();
}

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"): a name can
 * then neither call a program nor send anything anywhere.
 */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
