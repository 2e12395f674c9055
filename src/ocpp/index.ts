import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { defaultLimits, type FrameSocket, Session, type SessionOptions } from '#link';
import { nobodyConnected, presence } from '#station';
import type { StationId } from '#units';
import { Commands } from './commands.ts';
import type { OcppLimits, OcppPlace, Peer } from './context.ts';
import { Gateway } from './gateway.ts';
import { Lines } from './lines.ts';
import { Registry } from './registry.ts';
import { checkResponse, checkSend } from './schema/check.ts';
import { StationServer } from './server.ts';
import { machinePace, repeat } from './time.ts';

export type { Observe, OcppLimits } from './context.ts';
export { forgetOldMessages, messagesOf } from './inbox.ts';

export const ocppLimits: OcppLimits = {
  ...defaultLimits,
  batch: 400,
  pingMs: 60_000,
  flushMs: 2_000,
  pollMs: 1_000,
};

type Given = Omit<OcppPlace, 'pace' | 'limits' | 'observe'> &
  Partial<Pick<OcppPlace, 'pace' | 'observe'>> & { readonly limits?: Partial<OcppLimits> };

/** The gateway for stations. It opens no port: the roof passes it the upgrade requests of its http or https server. */
export function createOcpp(given: Given) {
  const place: OcppPlace = {
    pace: machinePace,
    observe: {},
    ...given,
    limits: { ...ocppLimits, ...given.limits },
  };
  const lines = new Lines(place);
  const registry = new Registry();
  const gateway = new Gateway(place, lines);
  const commands = new Commands(place, registry);
  const options = sessionOptions(place, gateway, registry);
  const accept = (stationId: StationId, socket: FrameSocket): void => {
    registry.add(new Session<Peer>(socket, options, { stationId, seen: true }));
    commands.pokeSoon();
  };
  const server = new StationServer(place, lines, accept);

  const flush = async (): Promise<void> => {
    await lines.flush();
    const news = registry.takeNews(place);
    if (news.length === 0) return;
    try {
      await place.doWork((work) => presence(work, news));
    } catch (error) {
      place.log.error({ err: error }, 'Who is connected could not be written');
    }
  };
  const stopFlushing = repeat(place.pace, place.limits.flushMs, flush);

  return {
    /** Once, before the first connection: after a crash the database may still call stations connected. */
    start: () => place.doWork(nobodyConnected),
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, over: { readonly tls: boolean }) =>
      server.handleUpgrade(request, socket, head, over),
    /** Takes over a connection whose other end is known to be this station: for networks in memory. */
    accept,
    /** Looks for commands to stations now. Call it when `station.commandQueued` was announced. */
    poke: () => commands.poke(),
    /** Writes down what waits in memory: who is connected, lines for the operator. */
    flush,
    get connections(): number {
      return registry.size;
    },
    isConnected: (stationId: StationId) => registry.get(stationId) !== undefined,
    /** Ends all connections; what was not answered is sent again by the stations. */
    async close(): Promise<void> {
      server.close();
      commands.stop();
      stopFlushing();
      for (const session of [...registry.sessions()]) session.close(1001, 'the server is closing');
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
