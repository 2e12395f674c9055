// The simulator as a program: node simulator/main.ts ROSTER.json [options]. It knows the server by its protocols only.
import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { chance } from '#units';
import { phone } from './app.ts';
import { type City, type CityWorld, startCity } from './city.ts';
import { dialer } from './dial.ts';
import { type Fault, parseFault } from './faults.ts';
import { type Roster, roster as rosterShape } from './roster.ts';
import { realScheduler } from './schedule.ts';
import { summary } from './summary.ts';
import { Tally } from './tally.ts';
import { readTls, type StationTls, type TlsFiles } from './tls.ts';

const positive = (text: string): number => {
  if (!(Number(text) > 0)) throw new InvalidArgumentError('a number above 0 is needed');
  return Number(text);
};
const readFault = (text: string, before: readonly Fault[]): readonly Fault[] => {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
};

const program = new Command('simulator')
  .description('Simulated swap stations, vehicles and drivers, who speak OCPP 2.1 and HTTP to a server')
  .argument('<roster>', 'JSON file: stations, vehicles, where the server is')
  .option('--speed <n>', "simulated seconds in a second; must be the server's", positive)
  .option('--seed <n>', 'another run of the same network', Number)
  .option('--stations <ids>', 'only these, separated by commas')
  .option(
    '--fault <fault>',
    'NAME:option=value,… (repeatable): what goes wrong, such as cut:seconds=600 or short:ohm=10; see simulator/README.md',
    readFault,
    [],
  )
  .option('--ca <file>', "PEM file: who signs the server's certificate, for wss:// (security profile 2)")
  .option('--cert <file>', "PEM file: a station's own certificate (profile 3); {id} stands for the station")
  .option('--key <file>', 'PEM file: its key; {id} as in --cert')
  .option('--every <seconds>', 'seconds from one summary to the next', positive, 10)
  .option('--verbose', 'every line the stations say')
  .option('--json', 'summaries as JSON, one object a line')
  .parse();

interface Options extends TlsFiles {
  readonly speed?: number;
  readonly seed?: number;
  readonly stations?: string;
  readonly fault: readonly Fault[];
  readonly every: number;
  readonly verbose?: true;
  readonly json?: true;
}
const options = program.opts<Options>();

const roster = readRoster(program.args[0]!);
const { clock } = roster;
const only = options.stations === undefined ? undefined : new Set(options.stations.split(','));
const tlsOf = demandTls(options);
const scheduler = realScheduler(
  {
    speed: options.speed ?? clock.speed,
    simulatedStart: Temporal.Instant.from(clock.simulatedStart),
    realStartMs: clock.realStartMs,
  },
  Date.now,
);
const tally = new Tally();
const lines = new Map<string, number>();
const city = started({
  scheduler,
  chance: chance(options.seed ?? roster.seed),
  app: phone({ ...roster, newKey: () => crypto.randomUUID() }),
  tally,
  dial: (it) => dialer(roster.ocppUrl, it, tlsOf?.(it.id)),
  faults: options.fault,
  apartS: Math.min(0.02, 5 / roster.stations.length),
  ...(only && { only }),
  say: (line) => {
    const kind = line.replace(/^[^:]*: /, '').replace(/\d+/g, 'n');
    const times = (lines.get(kind) ?? 0) + 1;
    lines.set(kind, times);
    // What a thousand stations say at once is said once.
    if (options.verbose || times <= 3) process.stderr.write(`${line}\n`);
  },
});

const tell = summary(city, tally, scheduler, options.json === true);
const screen = options.json ? process.stdout : process.stderr;
const telling = setInterval(() => screen.write(`${tell()}\n`), options.every * 1000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
if (process.connected) process.once('disconnect', end); // whoever started us is gone, and our output perhaps with it

function stop(): void {
  screen.write(`${tell()}\n`);
  end();
}

function end(): void {
  clearInterval(telling);
  city.stop();
  scheduler.stop();
  // Time for the goodbyes.
  setTimeout(() => process.exit(0), 500).unref();
}

function started(world: CityWorld): City {
  try {
    return startCity(roster, world);
  } catch (error) {
    if (error instanceof RangeError) return program.error(error.message); // a fault of a pack that is not there
    throw error;
  }
}

function readRoster(path: string): Roster {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return program.error(`${path} cannot be read: ${(error as Error).message}`);
  }
  const read = rosterShape.safeParse(text);
  if (read.success) return read.data;
  const issues = read.error.issues.slice(0, 5).map((it) => `  ${it.path.join('.')}: ${it.message}`);
  return program.error(`${path} is no roster:\n${issues.join('\n')}`);
}

function demandTls(files: TlsFiles): ((stationId: string) => StationTls) | undefined {
  const stations = roster.stations.filter((it) => !only || only.has(it.id));
  try {
    return readTls(files, { ocppUrl: roster.ocppUrl, stations });
  } catch (error) {
    return program.error((error as Error).message);
  }
}
