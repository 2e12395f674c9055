// The place that is asked about: a station of ours or a type of station. Pure.
interface Station {
  readonly id: string;
  readonly name: string;
  readonly presetId: string;
}

interface Preset {
  readonly id: string;
  readonly name: string;
  readonly bays: number;
}

export interface Place {
  readonly name: string;
  readonly presetId: string;
  readonly bays: number;
}

/** Nothing when nowhere in particular is asked about, or as long as it is not known what stands there. */
export function placeOf(
  where: string,
  stations: readonly Station[] | undefined,
  presets: readonly Preset[] | undefined,
): Place | undefined {
  const [kind, id] = [where.slice(0, where.indexOf(':')), where.slice(where.indexOf(':') + 1)];
  const station = kind === 'station' ? stations?.find((it) => it.id === id) : undefined;
  const presetId = station?.presetId ?? (kind === 'preset' ? id : undefined);
  const preset = presets?.find((it) => it.id === presetId);
  if (!preset) return undefined;
  return { name: station?.name ?? preset.name, presetId: preset.id, bays: preset.bays };
}
