// Views of a table that somebody named and keeps on this device.
import { remember, remembered } from '../../shared/choices.ts';
import type { Search } from './filters.ts';

export interface View {
  readonly name: string;
  /** As it stands in the address. */
  readonly asked: Search;
}

export function keptViews(table: string): readonly View[] {
  try {
    const kept: unknown = JSON.parse(remembered(`views.${table}`) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

const isView = (it: unknown): it is View =>
  typeof it === 'object' && it !== null && 'name' in it && 'asked' in it && typeof it.asked === 'object';

/** A view of the same name is replaced. */
export function keepView(table: string, view: View): readonly View[] {
  return keep(table, [...keptViews(table).filter((it) => it.name !== view.name), view]);
}

export const dropView = (table: string, name: string): readonly View[] =>
  keep(
    table,
    keptViews(table).filter((it) => it.name !== name),
  );

function keep(table: string, views: readonly View[]): readonly View[] {
  remember(`views.${table}`, JSON.stringify(views));
  return views;
}
