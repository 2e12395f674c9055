// A list as an Excel sheet (ECMA-376, SpreadsheetML), written row by row: the library that we know keeps all of a sheet in
// memory and the event loop for seconds (docs/decisions/0014-exports.md).
import type { Cell, Column } from '../listing.ts';
import { zip } from './zip.ts';

/** A cell holds no more characters than this; a longer text ends in an ellipsis. */
const LONGEST = 32_767;
const DAY_MS = 86_400_000;
/** Days count from 1899-12-30: 1970-01-01 is this one. */
const EPOCH_DAY = 25_569;

/** Indexes of `cellXfs` in the styles. */
const [, DATE, HEADER] = [0, 1, 2];

const xml = (body: string): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const parts = {
  '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
};

/** Instants are dates in UTC, numbers are numbers, texts are never formulas. */
export function xlsx<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  name: string,
): AsyncGenerator<Buffer> {
  const workbook = `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  return zip([
    ...Object.entries(parts).map(([part, body]) => ({ name: part, content: [xml(body)] })),
    { name: 'xl/workbook.xml', content: [xml(workbook)] },
    { name: 'xl/worksheets/sheet1.xml', content: sheet(columns, pages) },
  ]);
}

async function* sheet<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const widths = `<cols><col min="1" max="${columns.length}" width="18" customWidth="1"/></cols>`;
  yield xml(
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${widths}<sheetData>`,
  );
  yield `<row r="1">${columns.map((it) => text(it.name, HEADER)).join('')}</row>`;
  let no = 1;
  for await (const rows of pages)
    yield rows.map((row) => `<row r="${++no}">${columns.map((it) => cellOf(it.of(row))).join('')}</row>`).join('');
  yield '</sheetData></worksheet>';
}

/** Cells stand in their order, so that none needs its name. */
function cellOf(cell: Cell | undefined): string {
  switch (typeof cell) {
    case 'string':
      return text(cell);
    case 'number':
      return Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : '<c/>';
    case 'boolean':
      return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
    default:
      return cell ? `<c s="${DATE}"><v>${cell.epochMilliseconds / DAY_MS + EPOCH_DAY}</v></c>` : '<c/>';
  }
}

const text = (it: string, style = 0): string =>
  it === ''
    ? '<c/>'
    : `<c t="inlineStr"${style > 0 ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escaped(shortened(it))}</t></is></c>`;

const shortened = (it: string): string => (it.length > LONGEST ? `${it.slice(0, LONGEST - 1)}…` : it);

/** XML 1.0 has no place for most control characters, escaped or not, nor for half a character. */
const escaped = (it: string): string =>
  it
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
