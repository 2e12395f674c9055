// What an answer says, as rows for people. Pure.
import type { Words } from './words.ts';

export interface Told {
  readonly status: keyof Words['status'];
  readonly model: string | null;
  readonly made: string | null;
  readonly grade: Exclude<keyof Words['grades'], 'none'> | null;
  readonly soh: { readonly from: number; readonly to: number; readonly basis: keyof Words['basis'] } | null;
  readonly cycles: { readonly from: number; readonly to: number | null } | null;
  readonly pace: keyof Words['paces'] | null;
  readonly recalled: boolean;
  readonly carbon: { readonly kgCO2ePerKWh: number; readonly simulated: boolean } | null;
}

export interface Answer {
  readonly about: { readonly code?: string | undefined; readonly id?: string | undefined };
  readonly told: Told;
  readonly edition: string;
  readonly simulated: boolean;
  readonly note: string;
}

export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));

/** Label and value, in the order in which somebody wants to know. By plate what is null may be withheld, by code it is unknown. */
export function rowsOf({ about, told }: Answer, words: Words): (readonly [label: string, value: string])[] {
  const { status, soh, cycles, carbon } = told;
  const none = about.code === undefined ? words.untold : words.unknown;
  const isOver = status === 'retired';
  const sohWords = soh && `${filled(soh.from === 0 ? words.sohBelow : words.sohBand, soh)} (${words.basis[soh.basis]})`;
  const cyclesWords =
    cycles &&
    filled(cycles.to === null ? words.cyclesFrom : words.cyclesBand, { from: cycles.from, to: cycles.to ?? 0 });
  return [
    [words.statusTitle, words.status[status]],
    [words.recall, told.recalled ? words.recalled : words.notRecalled],
    ...(isOver
      ? []
      : ([
          [words.soh, sohWords ?? none],
          [words.cycles, cyclesWords ?? none],
        ] as const)),
    [words.made, told.made ?? none],
    [words.model, told.model ?? none],
    ...(told.pace ? ([[words.pace, words.paces[told.pace]]] as const) : []),
    [
      words.carbon,
      carbon
        ? `${filled(words.carbonIs, { kg: carbon.kgCO2ePerKWh })}${carbon.simulated ? ` (${words.simulatedShort})` : ''}`
        : told.model === null
          ? none
          : words.carbonNot,
    ],
  ];
}

/** The years of age that a quarter may mean at an edition. */
export function ageOf(made: string, edition: string): readonly [number, number] {
  const [year, quarter] = made.split('-Q').map(Number);
  const at = Date.parse(edition);
  const years = (month: number) => Math.max(0, (at - Date.UTC(year!, month)) / (365.25 * 86_400_000));
  return quarter === undefined ? [years(12), years(0)] : [years(3 * quarter), years(3 * (quarter - 1))];
}
