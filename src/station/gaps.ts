// Which sequence numbers of a transaction are still under way. As text it is a PostgreSQL multirange: `{[3,6),[9,10)}`.

/** Whole numbers from `from` up to but not including `to`. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export const readGaps = (text: string): Gap[] =>
  [...text.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => ({ from: Number(from), to: Number(to) }));

export const gapsText = (gaps: readonly Gap[]): string => `{${gaps.map((it) => `[${it.from},${it.to})`).join(',')}}`;

export const isMissing = (gaps: readonly Gap[], no: number): boolean => gaps.some((it) => it.from <= no && no < it.to);

/** The gaps after `no` has arrived. */
export const withoutGap = (gaps: readonly Gap[], no: number): Gap[] =>
  gaps.flatMap((it) =>
    no < it.from || no >= it.to
      ? [it]
      : [
          { from: it.from, to: no },
          { from: no + 1, to: it.to },
        ].filter((part) => part.from < part.to),
  );

/** The gaps when nothing below `first` was ever sent. */
export const gapsFrom = (gaps: readonly Gap[], first: number): Gap[] =>
  gaps.map((it) => ({ from: Math.max(it.from, first), to: it.to })).filter((it) => it.from < it.to);
