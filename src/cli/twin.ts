import { models, type ScenarioId, type Warning, type WhatIf, whatIf } from '#twin/api';
import { Failed, progressBar, say } from './say.ts';

/** As the command line reads them: shares in percent, as people say them. */
export interface WhatIfOptions {
  readonly json?: true;
  readonly model: string;
  readonly duty: string;
  readonly years: number;
  readonly packs: number;
  readonly seed: number;
  readonly climate?: string;
  readonly chargeTo?: number;
  readonly returnAt?: number;
  readonly chargeRate?: number;
  readonly storageSoc?: number;
  readonly knee?: number;
}

/** How sharp a knee is that is asked for by its cycles alone: the middle of the 6 to 10 of health.md 5.2. */
const USUAL_SHARPNESS = 8;

/** Simulates packs under one duty and policy, and shows how they fade. */
export async function showWhatIf(options: WhatIfOptions): Promise<void> {
  const json = options.json === true;
  const bar = progressBar(`Ageing ${options.packs} simulated packs`, json);
  try {
    const fade = whatIf(question(options), bar.at);
    bar.end();
    say(json, fade, () => page(fade));
  } catch (error) {
    bar.end();
    if (error instanceof RangeError) throw new Failed(error.message, { code: 2 });
    throw error;
  }
}

/** All ageing models, with what each was measured on. */
export async function listModels({ json }: { json?: true }): Promise<void> {
  const items = models.map(({ id, name, chemistry, capacityAh, source, valid, silent }) => ({
    id,
    name,
    chemistry,
    capacityAh,
    valid,
    silent: silent.en,
    source,
  }));
  say(json === true, { items }, () =>
    items
      .map(
        (it) =>
          `${it.id.padEnd(14)} ${it.name}\n${''.padEnd(15)}measured at ${it.valid.celsius.join(' to ')} °C, charged at up to ${it.valid.chargeC} C; silent on ${it.silent}\n${''.padEnd(15)}${it.source}`,
      )
      .join('\n'),
  );
}

function question(it: WhatIfOptions): WhatIf {
  if (it.chargeTo !== undefined && it.returnAt !== undefined && it.chargeTo <= it.returnAt)
    throw new Failed(`--charge-to ${it.chargeTo} must lie above --return-at ${it.returnAt}`, { code: 2 });
  const share = (percent: number | undefined) => (percent === undefined ? undefined : percent / 100);
  const given = {
    chargeTo: share(it.chargeTo),
    returnAt: share(it.returnAt),
    chargeC: it.chargeRate,
    storageSoc: share(it.storageSoc),
  };
  return {
    model: it.model,
    scenario: it.duty as ScenarioId,
    years: it.years,
    packs: it.packs,
    seed: it.seed,
    ...(it.climate !== undefined && { climate: it.climate }),
    ...(it.knee !== undefined && { knee: { efc: it.knee, sharpness: USUAL_SHARPNESS } }),
    policy: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

function page({
  model,
  scenario,
  climate,
  policy,
  packs,
  curve,
  yearsTo80,
  warnings,
}: ReturnType<typeof whatIf>): string {
  const cell = (value: number) => value.toFixed(1).padStart(7);
  const rows = curve
    .filter((_, n) => n % 4 === 0 || n === curve.length - 1)
    .map(
      (it) =>
        `${cell(it.year)}${[it.p5, it.p25, it.p50, it.p75, it.p95].map(cell).join('')}${it.efc.toFixed(0).padStart(8)}`,
    );
  const years = (at: number | null) => (at === null ? 'later' : `after ${at.toFixed(1)} years`);
  const percent = (share: number) => `${(share * 100).toFixed(0)} %`;
  return [
    `Simulated, not measured: ${packs} packs, ${model}, ${scenario}, climate ${climate}`,
    `charged to ${percent(policy.chargeTo)} at ${policy.chargeC} C, back at ${percent(policy.returnAt)}, waiting at ${percent(policy.storageSoc)}`,
    'Capacity in percent of nominal; so many of the packs have no more',
    '   year     5 %   25 %   50 %   75 %   95 %  cycles',
    ...rows,
    `Below 80 %: the first twentieth ${years(yearsTo80.p5)}, half ${years(yearsTo80.p50)}, all but a twentieth ${years(yearsTo80.p95)}`,
    ...warnings.map((it) => `  ${sentence(it)}`),
  ].join('\n');
}

function sentence(it: Warning): string {
  switch (it.is) {
    case 'silent':
      return `${it.model}: nothing is known of ${it.of.en}`;
    case 'celsius':
      return `packs are between ${it.from.toFixed(0)} and ${it.to.toFixed(0)} °C; measured was ${it.measured.join(' to ')} °C`;
    case 'rate':
      return `they are charged at ${it.chargeC.toFixed(2)} C; measured was up to ${it.measuredC} C`;
    case 'knee':
      return `the knee at ${it.efc} cycles is an assumption`;
  }
}
