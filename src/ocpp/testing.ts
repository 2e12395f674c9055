// A gateway on a database of its own, and stations that speak to it. For tests only.
import { createServer, type Server } from 'node:http';
import { Live } from '#kernel';
import {
  type Answer,
  type CallFrame,
  defaultLimits,
  type FrameSocket,
  type MemorySocket,
  type Problem,
  Session,
  type SessionOptions,
  socketPair,
} from '#link';
import type { StationPresetId } from '#pack';
import { type NewStation, register } from '#station';
import type { Instant, PartyId, StationId } from '#units';
import { type OwnDatabase, ownDatabase } from '../../test/database.ts';
import { idsFrom, silent, testStart } from '../../test/work.ts';
import { createOcpp, type Ocpp, type OcppLimits } from './index.ts';
import { machinePace } from './time.ts';

export interface Network extends OwnDatabase {
  readonly ocpp: Ocpp;
  readonly clock: { now: Instant };
  /** Registers stations SZ-1, SZ-2, … @returns their passwords */
  readonly build: (count: number, rest?: Partial<NewStation>) => Promise<Map<StationId, string>>;
  /** Connects a station in memory. */
  readonly connect: (stationId: string, answer?: Answering) => TestStation;
}

export interface TestStation {
  readonly session: Session<string>;
  readonly socket: MemorySocket;
  readonly problems: Problem[];
  readonly call: Session<string>['call'];
}

export type Answering = (call: CallFrame) => Answer | Promise<Answer>;

export const stationName = (no: number): StationId => `SZ-${no}` as StationId;

/** A test body that gets a gateway whose clock it turns by hand. */
export const gateway = (
  body: (network: Network) => Promise<void>,
  { limits, connections = 5 }: { limits?: Partial<OcppLimits>; connections?: number } = {},
) =>
  ownDatabase(
    async (own) => {
      const clock = { now: testStart };
      const live = new Live();
      const doWork = own.doWorkAt({ clock: () => clock.now, live: live.publish });
      const ocpp = createOcpp({
        doWork,
        clock: () => clock.now,
        log: silent,
        newId: idsFrom(99),
        live,
        limits: { flushMs: 3_600_000, pollMs: 3_600_000, ...limits },
      });
      try {
        await body({
          ...own,
          doWork,
          ocpp,
          clock,
          build: (count, rest = {}) =>
            doWork((work) =>
              register(
                work,
                Array.from({ length: count }, (_, index) => ({ ...stationOf(stationName(index + 1)), ...rest })),
                (size) => crypto.getRandomValues(new Uint8Array(size)),
              ),
            ),
          connect: (stationId, answer) => connect(ocpp, stationId, answer),
        });
      } finally {
        await ocpp.close();
      }
    },
    { connections },
  );

const stationOf = (id: StationId): NewStation => ({
  id,
  name: `Station ${id}`,
  operatorId: 'op' as PartyId,
  presetId: 'upower-8' as StationPresetId,
  place: { latitude: 22.5, longitude: 114.1 },
  timeZone: 'Asia/Shanghai',
  swapOrder: 'In-Out',
  securityProfile: 1,
});

function connect(ocpp: Ocpp, stationId: string, answer?: Answering): TestStation {
  const [here, there] = socketPair();
  const station = stationOn(here, stationId, answer);
  ocpp.accept(stationId as StationId, there);
  return { ...station, socket: here };
}

let messages = 0;

/** A station's end of a connection: answers commands with `answer`, and calls. */
export function stationOn(socket: FrameSocket, stationId: string, answer: Answering = () => ({ status: 'Accepted' })) {
  const problems: Problem[] = [];
  const options: SessionOptions<string> = {
    answer: (_, call) => answer(call),
    hear: () => {},
    problem: (_, it) => problems.push(it),
    now: machinePace.now,
    setTimer: machinePace.set,
    clearTimer: machinePace.clear,
    nextMessageId: () => `m-${++messages}`,
    limits: defaultLimits,
  };
  const session = new Session(socket, options, stationId);
  return { session, problems, call: session.call.bind(session) };
}

/** An http server that passes its upgrade requests on. @returns its address */
export async function listening(server: Server, port: number): Promise<string> {
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return `127.0.0.1:${port}`;
}

export const plainServer = (ocpp: Ocpp): Server =>
  createServer().on('upgrade', (request, socket, head) => ocpp.handleUpgrade(request, socket, head, { tls: false }));

export const txEvent = (seqNo: number, rest: Record<string, unknown> = {}) => ({
  eventType: seqNo === 0 ? 'Started' : 'Updated',
  timestamp: testStart.add({ seconds: seqNo * 60 }).toString(),
  triggerReason: seqNo === 0 ? 'CablePluggedIn' : 'MeterValuePeriodic',
  seqNo,
  transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' },
  evse: { id: 1 },
  meterValue: [
    {
      timestamp: testStart.add({ seconds: seqNo * 60 }).toString(),
      sampledValue: [
        {
          value: 10 + seqNo * 0.6,
          measurand: 'Energy.Active.Import.Register',
          unitOfMeasure: { unit: 'kWh' },
        },
        { value: 30 + seqNo, measurand: 'SoC', unitOfMeasure: { unit: 'Percent' } },
        { value: 36, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W', multiplier: 3 } },
      ],
    },
  ],
  ...rest,
});

export const boot = {
  reason: 'PowerUp',
  chargingStation: { model: 'Chassis 8', vendorName: 'Test', firmwareVersion: '1.0' },
};
