// What is asked of a table, in the address.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Column } from './column.ts';
import { type Asked, isOfTable, readAsked, type Search, writeAsked } from './filters.ts';

/** @returns what is asked, and the way to ask something else */
export function useAsked<Row>(columns: readonly Column<Row>[], prefix = ''): [Asked, (asked: Asked) => void, Search] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const kinds = columns.map((it) => `${it.key}:${it.filter ?? ''}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns are new objects at each rendering; their kinds tell
  const asked = useMemo(() => readAsked(columns, search, prefix), [kinds, search, prefix]);
  const ask = (next: Asked) => {
    const others = Object.entries(search).filter(([key]) => !isOfTable(key, prefix));
    const to = { ...Object.fromEntries(others), ...writeAsked(next, prefix) };
    void navigate({ to: '.', search: to as never, replace: true });
  };
  return [asked, ask, search];
}
