// A server that knows nothing but a map: made-up stations over China and their changes, as the platform would tell them.
// Run as a process of its own by bench/web.ts and by browser tests: `node bench/load/map.ts` with an order as a message.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { mapStates } from '#insight/api';
import { cities } from '../../web/live/map/cities.ts';

export interface Order {
  readonly port: number;
  /** Folders of built pages by the path under which they lie, the longest first: `/console/`. */
  readonly pages: Readonly<Record<string, string>>;
  readonly stations: number;
  /** Stations that change in a second, told in `frames` events. */
  readonly changesPerSecond: number;
  readonly frames: number;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The same numbers in the same order each time: mulberry32. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let it = Math.imul(state ^ (state >>> 15), 1 | state);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of a network that has nothing but a map. */
const totals = {
  stations: 0,
  online: 0,
  packsInStations: 0,
  packsOnRoad: 0,
  swapsToday: 0,
  swapsLastHour: 0,
  energyTodayWh: 0,
  revenueTodayFen: 0,
  openSwaps: 0,
  chargingW: 0,
};
const basemap = { provider: 'bundled', url: null, key: null, datum: 'wgs84', approvalNo: null, region: 'CN' };
const operators = ['Operator North', 'Operator South', 'Operator East'];
const regions = ['CN-BJ', 'CN-SH', 'CN-GD', 'CN-AH', 'CN-HB', 'CN-SC'];

/** Stations around the larger cities, more of them where the list begins. */
export function madeUp(many: number) {
  const roll = dice(7);
  const n = Array.from({ length: many }, (_, it) => it);
  const home = n.map(() => cities[Math.floor(cities.length * roll() ** 1.6)]!);
  const around = () => (roll() + roll() + roll() - 1.5) * 0.9;
  const slots = n.map(() => 13 + Math.floor(roll() * 15));
  return {
    at: new Date().toISOString(),
    clockSpeed: 1,
    simulated: true,
    profiles: ['chassis-robot', 'truck-side', 'cabinet'],
    operators,
    regions,
    id: n.map((it) => `ST-${String(it).padStart(5, '0')}`),
    name: n.map((it) => `${home[it]!.zh}换电站 ${it}`),
    lon: n.map((it) => home[it]!.longitude + around()),
    lat: n.map((it) => home[it]!.latitude + around() * 0.8),
    profile: n.map(() => Math.floor(roll() ** 2 * 3)),
    operator: n.map(() => Math.floor(roll() * 3)),
    region: n.map(() => Math.floor(roll() * 7) - 1),
    online: n.map((): 0 | 1 => (roll() < 0.96 ? 1 : 0)),
    ready: n.map((it) => Math.floor((slots[it]! - 1) * roll() ** 1.2)),
    slots,
    charging: n.map((it) => Math.floor(slots[it]! * 0.6 * roll())),
    queue: n.map(() => Math.floor(4 * roll() ** 3)),
    openSwap: n.map(() => (roll() < 0.12 ? 'removed' : null) as string | null),
    anomalies: n.map(() => Math.floor(6 * roll() ** 5)),
    swapsLastHour: n.map(() => Math.floor(9 * roll() ** 2)),
    swapsToday: n.map(() => Math.floor(140 * roll() ** 1.5)),
    outOfUse: n.map(() => null),
  };
}

type World = ReturnType<typeof madeUp>;

/** One station's next moment. */
function turn(world: World, n: number, roll: () => number): unknown[] {
  const nudge = (value: number, most: number) => Math.max(0, Math.min(most, value + (roll() < 0.5 ? -1 : 1)));
  world.ready[n] = nudge(world.ready[n]!, world.slots[n]!);
  world.charging[n] = nudge(world.charging[n]!, world.slots[n]!);
  world.queue[n] = nudge(world.queue[n]!, 6);
  world.openSwap[n] = roll() < 0.15 ? 'removed' : null;
  if (roll() < 0.1) world.swapsToday[n]!++;
  if (roll() < 0.02) world.online[n] = world.online[n] === 1 ? 0 : 1;
  return [world.id[n], ...mapStates.map((key) => world[key][n])];
}

function begin({ port, pages, stations, changesPerSecond, frames }: Order): void {
  const world = madeUp(stations);
  const roll = dice(11);
  const screens = new Set<ServerResponse>();
  const started = Date.now();
  let told = 0;
  if (changesPerSecond > 0)
    setInterval(() => {
      const rows = Array.from({ length: Math.round(changesPerSecond / frames) }, () =>
        turn(world, Math.floor(roll() * stations), roll),
      );
      told += screens.size > 0 ? rows.length : 0;
      world.at = new Date().toISOString();
      const text = `event: stations\ndata: ${JSON.stringify({ at: world.at, rows })}\n\n`;
      for (const it of screens) it.write(text);
    }, 1000 / frames);
  const times = Array.from({ length: 288 }, (_, n) => new Date(started - (288 - n) * 300_000).toISOString());
  const json: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {
    '/v1/console-config': () => ({
      at: new Date().toISOString(),
      clockSpeed: 1,
      simulated: true,
      publicView: true,
      basemap,
    }),
    '/v1/map': () => world,
    '/v1/map/history/times': () => ({ at: world.at, everyMinutes: 5, keptHours: 48, times }),
    '/v1/map/history': (query) => {
      const past = madeUp(stations);
      const hour = new Date(query.get('at') ?? 0).getUTCHours();
      return { ...past, at: query.get('at'), asked: query.get('at'), ready: past.ready.map((it) => (it + hour) % 14) };
    },
    '/v1/network': () => ({ at: world.at, clockSpeed: 1, simulated: true, stations: [], totals }),
    '/v1/swaps': () => ({ at: world.at, items: [] }),
    '/v1/anomalies': () => ({ at: world.at, items: [] }),
    '/told': () => told,
  };
  createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://map');
    if (pathname === '/v1/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 500\n\n');
      screens.add(response);
      response.on('close', () => void screens.delete(response));
    } else if (json[pathname]) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json[pathname](searchParams)));
    } else if (pathname.startsWith('/v1/')) {
      response.writeHead(401, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'Nobody is signed in here', status: 401 }));
    } else servePage(response, pages, pathname);
  }).listen(port, '127.0.0.1', () => process.send?.({ is: 'up' }));
}

function servePage(response: ServerResponse, pages: Order['pages'], pathname: string): void {
  const [prefix, folder] = Object.entries(pages).find(([it]) => pathname.startsWith(it)) ?? [];
  if (!prefix || !folder) return void response.writeHead(404).end();
  const wanted = join(folder, normalize(`/${pathname.slice(prefix.length)}`));
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(folder, 'index.html');
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

if (import.meta.main) {
  process.once('message', (order: Order) => begin(order));
  process.once('disconnect', () => process.exit());
}
