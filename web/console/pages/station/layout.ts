// How the slots of a station are shown: in racks beside the bay, as its kind of station has them. Schematic, for a preset
// states how many slots and bays there are, not where each lies. Pure.

export type RackName = 'left' | 'right' | 'row' | 'doors';

export interface Rack<Slot> {
  readonly name: RackName;
  /** Side by side; each a stack of slots, the first at the top. */
  readonly columns: readonly (readonly Slot[])[];
}

export interface Layout<Slot> {
  /** Before the bay and after it, as one looks into the station. */
  readonly before: readonly Rack<Slot>[];
  readonly after: readonly Rack<Slot>[];
  /** A cabinet has none: its doors are its bays. */
  readonly bays: number;
}

/** At least so high are racks stacked, and as high as it takes to have no more than two stacks at each side of the bay. */
const CAR_LEVELS = 7;
const CABINET_LEVELS = 3;
const TRUCK_LEVELS = 2;

export function layoutOf<Slot>(profile: string, slots: readonly Slot[], bays: number): Layout<Slot> {
  switch (profile) {
    case 'cabinet':
      return { before: [{ name: 'doors', columns: stacks(slots, CABINET_LEVELS) }], after: [], bays: 0 };
    case 'truck-side':
    case 'truck-top':
      return { before: [{ name: 'row', columns: stacks(slots, TRUCK_LEVELS) }], after: [], bays };
    default: {
      const half = Math.ceil(slots.length / 2);
      const levels = Math.max(CAR_LEVELS, Math.ceil(half / 2));
      const left = { name: 'left', columns: stacks(slots.slice(0, half), levels) } as const;
      const right = { name: 'right', columns: stacks(slots.slice(half), levels) } as const;
      return { before: [left], after: right.columns.length > 0 ? [right] : [], bays };
    }
  }
}

/** Even stacks of at most so many. */
function stacks<Slot>(slots: readonly Slot[], most: number): Slot[][] {
  const columns = Math.ceil(slots.length / most);
  if (columns === 0) return [];
  const high = Math.ceil(slots.length / columns);
  return Array.from({ length: columns }, (_, n) => slots.slice(n * high, (n + 1) * high));
}

/** The slot that an arrow key leads to, by where slots stand on the screen; none at the edge. */
export function neighbour<Slot>(layout: Layout<Slot>, from: Slot, key: string): Slot | undefined {
  const columns = [...layout.before, ...layout.after].flatMap((it) => it.columns);
  const column = columns.findIndex((it) => it.includes(from));
  const level = columns[column]?.indexOf(from) ?? -1;
  if (level < 0) return undefined;
  const beside = (to: number) => columns[to]?.[Math.min(level, columns[to].length - 1)];
  switch (key) {
    case 'ArrowUp':
      return columns[column]![level - 1];
    case 'ArrowDown':
      return columns[column]![level + 1];
    case 'ArrowLeft':
      return beside(column - 1);
    case 'ArrowRight':
      return beside(column + 1);
    case 'Home':
      return columns[0]?.[0];
    case 'End':
      return columns.at(-1)?.at(-1);
    default:
      return undefined;
  }
}
