// The stations that pass what is asked, in its order. Large networks are put in order anew at most every two seconds.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Column } from '../../table/column.ts';
import type { Asked } from '../../table/filters.ts';
import type { Board, Showing } from './data/board.ts';
import { inOrder, passing } from './data/chosen.ts';

const MANY = 5_000;
const CALM_MS = 2_000;

interface Rows {
  /** For the map: in the order of the server. */
  readonly passing: readonly number[];
  /** For the table: as sorted. */
  readonly sorted: readonly number[];
}

export function useRows(board: Board, showing: Showing, columns: readonly Column<number>[], asked: Asked): Rows {
  const calm = useCalm(showing, showing.stations.many > MANY ? CALM_MS : 0);
  return useMemo(() => {
    const { stations } = board.state().stations === calm.stations ? board.state() : calm;
    const rows = passing(stations, columns, asked);
    return { passing: rows, sorted: inOrder(rows, columns, asked) };
  }, [board, calm, columns, asked]);
}

/** The same value, changed at most every `ms`; at once when other stations or another time are shown. */
function useCalm(showing: Showing, ms: number): Showing {
  const [calm, setCalm] = useState(showing);
  const newest = useRef(showing);
  newest.current = showing;
  const isOther =
    calm.stations !== showing.stations || calm.isPast !== showing.isPast || (showing.isPast && calm.at !== showing.at);
  if (isOther || (ms === 0 && calm !== showing)) setCalm(showing);
  useEffect(() => {
    if (ms === 0) return;
    const timer = setInterval(() => setCalm(newest.current), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return isOther ? showing : calm;
}
