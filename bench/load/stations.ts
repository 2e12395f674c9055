// A crowd of stations in a process of its own, as lean as it can be so that it does not measure itself. Asked by IPC.
import { WebSocket } from 'ws';
import { percentile } from '../harness.ts';

export type Ask =
  | {
      readonly do: 'connect';
      readonly url: string;
      readonly stations: readonly (readonly [id: string, password: string])[];
    }
  /** Everybody at once: connect, boot, be accepted. */
  | {
      readonly do: 'storm';
      readonly url: string;
      readonly stations: readonly (readonly [id: string, password: string])[];
    }
  /** Closed loop of all, one call in flight each; or `perSecond` calls of all together. */
  | { readonly do: 'run'; readonly kind: Kind; readonly seconds: number; readonly perSecond?: number }
  /** One call of each at the same moment. */
  | { readonly do: 'burst'; readonly kind: Kind; readonly timeoutMs: number }
  | { readonly do: 'close' };
export type Kind = 'heartbeat' | 'transaction' | 'boot';

export interface Told {
  readonly done: number;
  readonly failed: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

interface Station {
  readonly id: string;
  readonly ws: WebSocket;
  sentAt: number;
  calls: number;
}

let stations: Station[] = [];
let heard: (station: Station, ms: number, ok: boolean) => void = () => {};

process.on('message', async (ask: Ask) => process.send!(await answer(ask)));
process.on('disconnect', () => process.exit());

async function answer(ask: Ask): Promise<Told> {
  const started = performance.now();
  switch (ask.do) {
    case 'connect':
      return told(await inRamps(ask.stations, 250, ([id, password]) => connect(ask.url, id, password)), started);
    case 'storm':
      return told(
        await Promise.all(
          ask.stations.map(async ([id, password]) => {
            const station = await connect(ask.url, id, password);
            return station !== undefined && (await callOnce(station, 'boot', 30_000));
          }),
        ),
        started,
      );
    case 'run':
      return await run(ask.kind, ask.seconds, ask.perSecond);
    case 'burst':
      return told(await Promise.all(stations.map((it) => callOnce(it, ask.kind, ask.timeoutMs))), started);
    case 'close':
      for (const { ws } of stations) ws.terminate();
      stations = [];
      return told([], started);
  }
}

async function inRamps<A, B>(all: readonly A[], size: number, act: (it: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let at = 0; at < all.length; at += size) done.push(...(await Promise.all(all.slice(at, at + size).map(act))));
  return done;
}

function connect(url: string, id: string, password: string): Promise<Station | undefined> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`${url}/${id}`, 'ocpp2.1', {
      headers: { authorization: `Basic ${btoa(`${id}:${password}`)}` },
    });
    const station = { id, ws, sentAt: 0, calls: 0 };
    ws.on('open', () => {
      stations.push(station);
      resolve(station);
    });
    ws.on('error', () => resolve(undefined));
    ws.on('message', (data: Buffer) => {
      const type = data[1]! - 48;
      if (type === 2) ws.send(`[3,"${data.toString('latin1', 4, data.indexOf('"', 4))}",{"status":"Accepted"}]`);
      else heard(station, performance.now() - station.sentAt, type === 3);
    });
  });
}

async function run(kind: Kind, seconds: number, perSecond?: number): Promise<Told> {
  const latencies: number[] = [];
  let failed = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const inFlight = new Set<Station>();
  heard = (station, ms, ok) => {
    inFlight.delete(station);
    if (ok) latencies.push(ms);
    else failed++;
    if (perSecond === undefined && performance.now() < end) send(station);
  };
  const send = (station: Station) => {
    inFlight.add(station);
    call(station, kind);
  };
  if (perSecond === undefined) for (const it of stations) send(it);
  else {
    let sent = 0;
    while (performance.now() < end) {
      const due = ((performance.now() - started) / 1000) * perSecond;
      for (; sent < due; sent++) {
        const station = stations[sent % stations.length]!;
        if (!inFlight.has(station)) send(station);
        else failed++; // it could not speak when it wanted to
      }
      await new Promise((done) => setTimeout(done, 5));
    }
  }
  await new Promise((done) => setTimeout(done, Math.max(0, end - performance.now())));
  const took = (performance.now() - started) / 1000;
  const done = latencies.length;
  for (let waited = 0; inFlight.size > 0 && waited < 10_000; waited += 20)
    await new Promise((it) => setTimeout(it, 20));
  failed += inFlight.size;
  return { done, failed, seconds: took, p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) };
}

function callOnce(station: Station, kind: Kind, timeoutMs: number): Promise<boolean> {
  const before = heard;
  return new Promise((resolve) => {
    waiting.set(station, resolve);
    heard = before === hearOnce ? before : hearOnce;
    setTimeout(() => resolve(false), timeoutMs).unref();
    call(station, kind);
  });
}
const waiting = new Map<Station, (ok: boolean) => void>();
const hearOnce = (station: Station, _: number, ok: boolean) => waiting.get(station)?.(ok);

const told = (results: readonly unknown[], started: number): Told => ({
  done: results.filter(Boolean).length,
  failed: results.filter((it) => !it).length,
  seconds: (performance.now() - started) / 1000,
  p50Ms: Number.NaN,
  p99Ms: Number.NaN,
});

function call(station: Station, kind: Kind): void {
  const text = frame(station, kind);
  station.sentAt = performance.now();
  station.ws.send(text);
}

const born = Date.now();

/** Message ids are unique for all time: the crowd of an earlier pass must not look like a resend. */
function frame(station: Station, kind: Kind): string {
  const no = station.calls++;
  const id = `${(born + no).toString(36)}-${no}-${process.pid}`;
  if (kind === 'heartbeat') return `[2,"${id}","Heartbeat",{}]`;
  if (kind === 'boot')
    return `[2,"${id}","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"Bench","vendorName":"Bench","firmwareVersion":"1"}}]`;
  return `[2,"${id}","TransactionEvent",${transactionEvent(no)}]`;
}

const STEPS = 20;

/** Started, 18 times Updated, Ended, told as they happen: a register that runs with 36 kW; about 800 bytes with three samples. */
function transactionEvent(no: number): string {
  const [charge, seqNo] = [Math.floor(no / STEPS), no % STEPS];
  const now = Date.now();
  const at = new Date(now).toISOString();
  const first = seqNo === 0;
  const last = seqNo === STEPS - 1;
  const [type, trigger] = first
    ? ['Started', 'CablePluggedIn']
    : last
      ? ['Ended', 'EVCommunicationLost']
      : ['Updated', 'MeterValuePeriodic'];
  const state = last ? '"chargingState":"Idle","stoppedReason":"EVDisconnected"' : '"chargingState":"Charging"';
  return `{"eventType":"${type}","timestamp":"${at}","triggerReason":"${trigger}","seqNo":${seqNo},"offline":false,"transactionInfo":{"transactionId":"tx-${process.pid}-${born}-${charge}",${state}},"evse":{"id":${(charge % 8) + 1},"connectorId":1},"meterValue":[{"timestamp":"${at}","sampledValue":[{"value":${(36 * (now - born)) / 3_600_000},"context":"Sample.Periodic","measurand":"Energy.Active.Import.Register","location":"Outlet","unitOfMeasure":{"unit":"kWh","multiplier":0}},{"value":${20 + seqNo * 3},"context":"Sample.Periodic","measurand":"SoC","location":"EV","unitOfMeasure":{"unit":"Percent","multiplier":0}},{"value":36000,"context":"Sample.Periodic","measurand":"Power.Active.Import","location":"Outlet","unitOfMeasure":{"unit":"W","multiplier":0}}]}]}`;
}
