// Which rows of a long list are worth drawing.

export interface Scrolled {
  /** Pixels scrolled past the list's beginning. */
  readonly top: number;
  /** Pixels of the list that are seen. */
  readonly height: number;
}

export interface Rows {
  readonly first: number;
  /** The row after the last one. */
  readonly end: number;
}

/** The rows that are seen, and two more on either side so that scrolling does not meet a gap. */
export function rowsInSight({ top, height }: Scrolled, rowHeight: number, rows: number, spare = 2): Rows {
  const first = Math.max(0, Math.min(rows - 1, Math.floor(top / rowHeight)) - spare);
  return { first, end: Math.min(rows, Math.ceil((top + height) / rowHeight) + spare) };
}

/** How many columns of at least `narrowest` pixels stand side by side. */
export const columnsIn = (width: number, narrowest: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
