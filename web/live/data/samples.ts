// A small network for tests.
import type { Network, Slot, Station, Swap } from './contract.ts';

export const slot = (changes: Partial<Slot> = {}): Slot =>
  ({
    no: 1,
    state: 'occupied',
    packCode: 'P1',
    modelId: 'm',
    soc: 90,
    soh: 95,
    powerW: 0,
    quarantined: false,
    ...changes,
  }) as Slot;

export const station = (id: string, changes: Partial<Station> = {}): Station =>
  ({
    id,
    name: `Station ${id}`,
    place: { latitude: 31, longitude: 117 },
    profile: 'chassis-robot',
    presetId: 'nio-g3',
    online: true,
    outOfUse: null,
    lastSeenAt: null,
    slots: [slot()],
    ready: 1,
    charging: 0,
    swapsToday: 0,
    openSwap: null,
    anomalies24h: 0,
    ...changes,
  }) as Station;

export const network = (stations: readonly Station[], changes: Partial<Network> = {}): Network =>
  ({
    at: '2026-11-22T08:00:00Z',
    clockSpeed: 20,
    simulated: true,
    stations,
    totals: {
      stations: stations.length,
      online: stations.filter((it) => it.online).length,
      packsInStations: 1,
      packsOnRoad: 0,
      swapsToday: 0,
      swapsLastHour: 0,
      energyTodayWh: 0,
      revenueTodayFen: 0,
      openSwaps: 0,
      chargingW: 0,
    },
    ...changes,
  }) as Network;

export const swap = (id: string, changes: Partial<Swap> = {}): Swap =>
  ({
    id,
    stationId: 'S1',
    state: 'positioned',
    profile: 'chassis-robot',
    origin: 'local',
    returned: [],
    given: [],
    netWh: null,
    totalFen: null,
    problems: [],
    startedAt: '2026-11-22T08:00:00Z',
    updatedAt: '2026-11-22T08:00:00Z',
    endedAt: null,
    ...changes,
  }) as Swap;
