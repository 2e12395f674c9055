// What the network does when early warning has found something: a line for the operator, and for a pack that runs away what
// its station must do at once (health.md 6.2, 7): stop charging, isolate the slot, call the fire system, swap no more.
import type { packFades, riskChanged, sensorDoubted } from '#health';
import type { EventType, Work } from '#kernel';
import { type Anomaly, type Ask, anomaly, commandAll, EARLY_WARNING, shut, type wentOutOfUse } from '#station';

type RiskChanged = typeof riskChanged extends EventType<infer Facts> ? Facts : never;
type Found = RiskChanged & { readonly at: NonNullable<RiskChanged['at']> };

export async function answerRisk(work: Work, changes: readonly RiskChanged[]): Promise<void> {
  const found = changes.filter((it): it is Found => it.at !== null && it.level !== 'calm');
  await anomaly(work, found.map(lineOf));
  // In our books at once, whether the station answers or burns.
  await shut(
    work,
    found.filter((it) => it.isRunaway).map((it) => it.at.stationId),
    'alarm',
  );
  await commandAll(
    work,
    found.flatMap((it) => (it.isRunaway ? emergency(work, it) : isHot(it) ? stopCharging(work, it) : [])),
  );
}

type WentOutOfUse = typeof wentOutOfUse extends EventType<infer Facts> ? Facts : never;

/** That a station serves nobody, and how it is opened again: somebody has to do that. */
export async function tellOutOfUse(work: Work, stations: readonly WentOutOfUse[]): Promise<void> {
  await anomaly(
    work,
    stations.map(({ stationId, why, since }) => ({
      ...{ stationId, kind: 'station-out-of-use', about: why },
      sentence: `${whyInWords[why]}: it is promised to nobody until it is opened again by ChangeAvailability Operative (station page, commands)`,
      facts: { why, since: since.toString(), remedy: `POST /v1/stations/${stationId}/commands` },
    })),
  );
}

const whyInWords: Readonly<Record<WentOutOfUse['why'], string>> = {
  alarm: 'An alarm has shut the station',
  ordered: 'The station was put out of use by order',
  unavailable: 'The station says that it is out of service',
  faulted: 'The station says that it is faulted',
};

type Fades = typeof packFades extends EventType<infer Facts> ? Facts : never;

/** A work order, as long as nobody else takes them: a line for the operator. */
export async function orderLook(work: Work, fades: readonly Fades[]): Promise<void> {
  await anomaly(
    work,
    fades.map(({ packCode, stationId, kind, lossPer100, usualPer100 }) => ({
      ...{ stationId, kind: 'pack-fades', about: packCode, facts: { packCode, kind, lossPer100, usualPer100 } },
      sentence:
        kind === 'knee'
          ? `The fading of pack ${packCode} runs away: it loses ${lossPer100} points in 100 charges now`
          : `Pack ${packCode} loses ${lossPer100} points in 100 charges, its kind ${usualPer100}`,
    })),
  );
}

type Doubts = typeof sensorDoubted extends EventType<infer Facts> ? Facts : never;

/** What a station tells of a pack cannot be so: somebody has to look at its sensors. */
export async function tellDoubts(work: Work, doubts: readonly Doubts[]): Promise<void> {
  await anomaly(
    work,
    doubts.map(({ packCode, stationId, slotNo, kind, probe, value }) => ({
      ...{ stationId, kind, about: packCode, facts: { packCode, slotNo, probe, value } },
      sentence: `Pack ${packCode} in slot ${slotNo}: ${saidOf(kind, probe, value)}`,
    })),
  );
}

function saidOf(kind: Doubts['kind'], probe: number | null, value: number | null): string {
  switch (kind) {
    case 'probe-broken':
      return `probe ${probe! + 1} reads ${value} °C, which no probe can: it is broken, and was left out`;
    case 'probes-differ':
      return `${value} thermometers are told, and it was another number before`;
    case 'cells-differ':
      return `${value} cells are told, which is not how many it has`;
    case 'sample-wrong':
      return 'a sample of it cannot be, and was left out';
  }
}

function lineOf({ packCode, level, isRunaway, detector, at: { stationId, slotNo } }: Found): Anomaly {
  const facts = { packCode, slotNo, detector };
  const about = packCode;
  if (isRunaway)
    return {
      ...{ stationId, kind: 'thermal-runaway', about, facts },
      sentence: `Pack ${packCode} in slot ${slotNo} runs away: the slot is being isolated, the fire system called`,
    };
  if (level === 'stop')
    return {
      ...{ stationId, kind: 'pack-stopped', about, facts },
      sentence: `Early warning stopped pack ${packCode}, found in slot ${slotNo}: ${detector}`,
    };
  return {
    ...{ stationId, kind: 'pack-suspect', about, facts },
    sentence: `Early warning asks to look at pack ${packCode}, found in slot ${slotNo}: ${detector}`,
  };
}

/** Later than this somebody is there. */
const WITHIN = { minutes: 10 };

const asking =
  (work: Work, { at: { stationId } }: Found) =>
  (action: Ask['action'], payload: object): Ask => ({
    ...{ stationId, action, payload, by: EARLY_WARNING, tries: 10, timeoutMs: 5000 },
    notAfter: work.at.add(WITHIN),
  });

/** Above its maker's limit it is stopped, whatever the reason. */
const isHot = ({ level, detector }: Found): boolean => level === 'stop' && detector === 'overheat';

/** Nothing to ask when nothing charges there. */
function stopCharging(work: Work, it: Found): Ask[] {
  const { transactionId } = it.at;
  if (transactionId === null) return [];
  return [asking(work, it)('RequestStopTransaction', { transactionId: transactionId.replace(/~\d+$/, '') })];
}

/** In this order: a station that cannot do one still does the next. */
function emergency(work: Work, it: Found): Ask[] {
  const ask = asking(work, it);
  const evse = { id: it.at.slotNo };
  const fireAlarm = { component: { name: 'FireAlarm', evse }, variable: { name: 'Active' }, attributeValue: 'true' };
  return [
    ...stopCharging(work, it),
    ask('SetVariables', { setVariableData: [fireAlarm] }),
    ask('ChangeAvailability', { operationalStatus: 'Inoperative', evse }),
    ask('ChangeAvailability', { operationalStatus: 'Inoperative' }),
  ];
}
