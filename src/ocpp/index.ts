import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Live } from '#kernel';
import { defaultLimits, type FrameSocket, Session, type SessionOptions } from '#link';
import { commandQueued, nobodyConnected, presence } from '#station';
import type { StationId } from '#units';
import { Commands } from './commands.ts';
import type { OcppLimits, OcppPlace, Peer } from './context.ts';
import { Gateway } from './gateway.ts';
import { Lines } from './lines.ts';
import { Readmission } from './readmission.ts';
import { Registry } from './registry.ts';
import { checkResponse, checkSend } from './schema/check.ts';
import { StationServer } from './server.ts';
import { machinePace, repeat } from './time.ts';

export { type ChargeSample, chargeOf, type WhichCharge } from './charge.ts';
export type { OcppLimits, OcppMetrics } from './context.ts';
export { forgetOldMessages, messagesOf } from './inbox.ts';
export { slotSamples, type WhichSlot } from './slotSamples.ts';

export const ocppLimits: OcppLimits = {
  ...defaultLimits,
  batch: 400,
  lanes: 2,
  pingMs: 60_000,
  flushMs: 2_000,
  pollMs: 1_000,
};

type Given = Omit<OcppPlace, 'pace' | 'limits'> &
  Partial<Pick<OcppPlace, 'pace'>> & {
    readonly limits?: Partial<OcppLimits>;
    /** Tells of commands that this process has just queued; without it they are found within a second. */
    readonly live?: Live;
  };

/**
 * The gateway for stations. It opens no port: the roof passes it the upgrade requests of its http or https server. Its
 * timers start with the first station that knocks.
 */
export function createOcpp({ live, ...given }: Given) {
  const place: OcppPlace = { pace: machinePace, ...given, limits: { ...ocppLimits, ...given.limits } };
  const lines = new Lines(place);
  const registry = new Registry();
  const gateway = new Gateway(place, lines);
  const commands = new Commands(place, registry);
  const options = sessionOptions(place, gateway, registry);
  const readmission = new Readmission(place, registry, lines);
  const server = new StationServer(place, lines, accept);
  const stopListening = live?.listen(({ type }) => void (type === commandQueued.name && commands.poke()));
  let stopFlushing: (() => void) | undefined;
  let isFirstFlush = true;

  function accept(stationId: StationId, socket: FrameSocket, admittedBy: string | null = null): void {
    begin();
    registry.add(new Session<Peer>(socket, options, { stationId, admittedBy, seen: true }));
    commands.connected(stationId);
  }

  function begin(): void {
    if (stopFlushing) return;
    stopFlushing = repeat(place.pace, place.limits.flushMs, flush);
    commands.start();
    readmission.start();
  }

  async function flush(): Promise<void> {
    await lines.flush();
    const news = registry.takeNews(place);
    if (news.length === 0) return;
    try {
      await place.doWork(async (work) => {
        if (isFirstFlush) await nobodyConnected(work); // whatever a server that was killed has left
        await presence(work, news);
      });
      isFirstFlush = false;
    } catch (error) {
      place.log.error({ err: error }, 'Who is connected could not be written');
      registry.putBack(news);
    }
  }

  return {
    /** Answers an upgrade request of a station, and never throws. */
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, over: { readonly tls: boolean }): void {
      begin();
      server.handleUpgrade(request, socket, head, over).catch((error) => {
        place.log.error({ err: error }, 'A connection could not be answered');
        socket.destroy();
      });
    },
    /** Takes over a connection whose other end is known to be this station: for networks in memory. */
    accept: (stationId: StationId, socket: FrameSocket) => accept(stationId, socket),
    /** Looks for commands to stations now. */
    poke: () => commands.poke(),
    /** Writes down what waits in memory: who is connected, lines for the operator. */
    flush,
    get connections(): number {
      return registry.size;
    },
    isConnected: (stationId: StationId): boolean => registry.get(stationId) !== undefined,
    /** Ends all connections; what was not answered is sent again by the stations. */
    async close(): Promise<void> {
      server.close();
      commands.stop();
      readmission.stop();
      stopListening?.();
      stopFlushing?.();
      for (const session of [...registry.sessions()]) session.close(1001, 'the server is closing');
      await gateway.ended();
      await flush();
    },
  };
}

export type Ocpp = ReturnType<typeof createOcpp>;

function sessionOptions(place: OcppPlace, gateway: Gateway, registry: Registry): SessionOptions<Peer> {
  return {
    answer: (session, call) => gateway.answer(session, call),
    hear: (session, { action, payload }) => {
      // The only SEND of OCPP 2.1 belongs to streams that we do not open.
      const fault = checkSend(action, payload);
      const detail = fault ? fault.description : `${action} belongs to no stream that we opened`;
      gateway.problem(session, { kind: 'unreadable', detail });
    },
    checkResult: checkResponse,
    problem: (session, problem) => gateway.problem(session, problem),
    closed: (session) => registry.remove(session),
    now: place.pace.now,
    setTimer: place.pace.set,
    clearTimer: place.pace.clear,
    nextMessageId: place.newId,
    limits: place.limits,
  };
}
