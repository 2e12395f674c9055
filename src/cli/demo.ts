import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Scope } from '#kernel/api';
import { makeKey } from '#party';
import { fastClock, systemClock } from '#units';
import { buildWeb } from '../../web/build.ts';
import type { App } from '../app.ts';
import { readConfig } from '../config.ts';
import { type DemoChain, startDemoChain } from '../demo/chain.ts';
import { delta12 } from '../demo/delta12.ts';
import { finishCutOff } from '../demo/finish.ts';
import { type Held, nameOf } from '../demo/property.ts';
import { startPublicPlatform } from '../demo/publicPlatform.ts';
import { refreshed } from '../demo/refresh.ts';
import { registerWorld } from '../demo/register.ts';
import { type Meeting, type Roster, readRoster, rosterOf, writeRoster } from '../demo/roster.ts';
import { dropDatabase } from '../embedded.ts';
import { makeFolder } from '../folder.ts';
import { startServer } from '../server.ts';
import { told } from './chain.ts';
import { timeGoesOn } from './clock.ts';
import { consoleAt, firstSignInText } from './first.ts';
import { demandParties, heldIn } from './held.ts';
import { Failed, note, progressBar, say } from './say.ts';
import { demandFaults, demandPacks, keepRunning, type SimulatorOptions, startSimulator } from './simulator.ts';
import { stopSignalFromNow } from './stop.ts';
import { leaveOwnTrail } from './trail.ts';

interface Options extends SimulatorOptions {
  readonly speed: number;
  readonly fresh?: true;
  readonly port?: number;
  /** One of the three, or a file with one. */
  readonly property?: string;
  /** With a chain of its own beside it. */
  readonly chain?: true;
}

const USUAL_SEED = 12;

/** Runs the simulated network until it is told to stop; the next time it goes on where it was. */
export async function demo(options: Options): Promise<void> {
  const json = options.json === true;
  const stop = stopSignalFromNow();
  demandFaults(options.fault);
  const held = heldIn(options.property);
  const read = readConfig(process.env);
  const config = {
    ...read,
    PORT: options.port ?? read.PORT,
    CLOCK_SPEED: options.speed,
    LOG_LEVEL: process.env.LOG_LEVEL ? read.LOG_LEVEL : ('warn' as const),
  };
  if (options.chain && read.CHAIN_RPC)
    throw new Failed('--chain starts a chain of the demo; CHAIN_RPC names another one: give one of them', { code: 2 });
  const home = join(config.DATA_DIR, 'demo');
  const files = { roster: join(home, 'roster.json'), key: join(home, 'admin.key') };
  if (options.fresh) {
    if (config.DATABASE_URL)
      throw new Failed('--fresh empties the embedded database only; empty yours yourself', { code: 2 });
    note(json, 'Forgetting the demo network that was there …');
    await dropDatabase(config, 'demo');
    rmSync(home, { recursive: true, force: true });
  }
  makeFolder(home, 0o700);
  note(json, 'Building the page …');
  await buildWeb();
  await stop.look();

  // The clock can be set when the database is there, and the database is opened with a clock: hence a hand on it.
  let clock = fastClock(options.speed, systemClock(), systemClock());
  note(json, 'Starting PostgreSQL and the server …');
  const chain = options.chain ? await startChain(join(home, 'chain'), json) : undefined;
  const platform = config.REGULATOR_FILE ? undefined : await startPublicPlatform(home, () => clock());
  const beside = {
    ...config,
    ...(platform && { REGULATOR_FILE: platform.file }),
    ...(chain && { CHAIN_RPC: chain.rpc, CHAIN_DEPLOYMENT: chain.file, CHAIN_KEY: chain.keyFile }),
  };
  const server = await startServer(beside, { clock: () => clock() }, 'demo', CHAIN_PACE).catch(async (error) => {
    platform?.end();
    await chain?.stop();
    throw error;
  });
  try {
    await stop.look();
    await chain?.admit((await server.app.openLog()).house.origin);
    await platform?.trust((await server.app.platforms.signedBy())!);
    const { app, urls, first } = server;
    const start = await timeGoesOn(app);
    const realStart = systemClock();
    clock = fastClock(options.speed, start, realStart);
    const meeting = {
      ocppUrl: urls.ocpp,
      httpUrl: urls.http,
      clock: {
        speed: options.speed,
        simulatedStart: start.toString({ smallestUnit: 'millisecond' }),
        realStartMs: realStart.epochMilliseconds,
      },
    };
    const roster = existsSync(files.roster)
      ? await goOn(app, { ...readRoster(files.roster), ...meeting }, { seed: options.seed, property: held }, json)
      : await begin(app, { ...meeting, seed: options.seed ?? USUAL_SEED }, held, files.key, json);
    writeRoster(files.roster, roster);
    await stop.look();
    demandPacks(options, roster);
    const facts = {
      demo: 'delta-12',
      simulated: true,
      ...urls,
      console: consoleAt(config, urls.http),
      speed: options.speed,
      seed: roster.seed,
      property: roster.property ? nameOf(roster.property) : 'mixed',
      stations: roster.stations.length,
      vehicles: roster.vehicles.length,
      adminKeyFile: files.key,
      ...(chain && {
        chain: { rpc: chain.rpc, pid: chain.pid, is: chain.is, contracts: chain.file, ...chain.deployment },
      }),
      ...(first && { firstSignIn: first }),
    };
    say(
      json,
      facts,
      () =>
        welcome(facts) +
        (chain ? chainText(chain) : '') +
        (first ? `  ${firstSignInText(first, facts.console)}\n` : ''),
    );
    const end = keepRunning({
      start: () => startSimulator(files.roster, { fault: options.fault ?? [], ...(json && { json: true }) }),
      catchUp: async () => writeRoster(files.roster, await byTheBooks(app, readRoster(files.roster))),
      tell: (line) => process.stderr.write(`packloop: ${line}\n`),
    });
    await stop.asked;
    note(json, 'Stopping …');
    await end();
  } finally {
    await server.stop();
    platform?.end();
    // After the server: it may be in the middle of a transaction.
    await chain?.stop();
  }
  process.exit(0);
}

/** Quicker than in earnest, for somebody is looking. */
const CHAIN_PACE = { anchorMs: 20_000, titleMs: 15_000 };

async function startChain(dir: string, json: boolean): Promise<DemoChain> {
  note(json, 'Starting a chain (anvil) …');
  const chain = await told(() => startDemoChain(dir));
  const { block } = chain.deployment;
  note(
    json,
    {
      found: `Its contracts of before are there, made in block ${block}.`,
      new: `Its contracts were made in block ${block}.`,
      'begun-anew': `The chain of before is gone: it was begun anew, and its contracts were made again in block ${block}. What was anchored is lost.`,
    }[chain.is],
  );
  return chain;
}

const chainText = ({ rpc, file, deployment }: DemoChain) => `
  Chain       ${rpc}  (anvil; anchors of the log, title of every pack: nobody's property)
    Anchor      ${deployment.anchor}
    PackShares  ${deployment.packShares}
    Look        the page Audit in the console, or
                packloop audit --demo --rpc ${rpc} --contracts ${file}
`;

/** Makes the network and the keys to it. */
async function begin(
  app: App,
  meeting: Omit<Meeting, 'apiKey'>,
  property: Held | undefined,
  keyFile: string,
  json: boolean,
): Promise<Roster> {
  const bar = progressBar('Registering the network delta-12', json);
  const world = delta12(meeting.seed, app.clock(), property);
  if (property) demandParties(property, world);
  const { passwords, driveKey, adminKey } = await app.doWork(async (work) => {
    const key = (name: string, scope: Scope) => makeKey(work, { name, scopes: [scope], random: randomBytes(32) });
    await leaveOwnTrail(work, 'demo', { seed: meeting.seed, ...(property && { property: nameOf(property) }) });
    return {
      passwords: await registerWorld(work, world, randomBytes, bar.at),
      driveKey: await key('simulated drivers', 'drive'),
      adminKey: await key('demo administrator', 'admin'),
    };
  });
  bar.end();
  writeFileSync(keyFile, `${adminKey}\n`, { mode: 0o600 });
  return { ...rosterOf(world, passwords, { ...meeting, apiKey: driveKey }), ...(property && { property }) };
}

async function goOn(app: App, roster: Roster, { seed, property }: Asked, json: boolean): Promise<Roster> {
  demandSame(roster, { seed, property });
  note(json, 'Going on where the network was …');
  return await byTheBooks(app, roster);
}

interface Asked {
  readonly seed?: number | undefined;
  readonly property?: Held | undefined;
}

/** A network that is there is not made again with other packs or owners. @throws Failed */
export function demandSame(roster: Pick<Roster, 'seed' | 'property'>, { seed, property }: Asked): void {
  if (seed !== undefined && seed !== roster.seed)
    throw new Failed(`The network that is there was made with seed ${roster.seed}; --fresh makes another`, { code: 2 });
  if (property !== undefined && !isDeepStrictEqual(property, roster.property))
    throw new Failed(
      `The packs that are there were entered under ${roster.property ? nameOf(roster.property) : 'all three structures'}; --fresh makes others`,
      { code: 2 },
    );
}

/** The roster as the network stands now, with an end to whatever the last simulator left half done. While none runs. */
const byTheBooks = (app: App, roster: Roster): Promise<Roster> =>
  app.doWork(async (work) => {
    await finishCutOff(
      work,
      roster.stations.map((it) => it.id),
    );
    return await refreshed(work, roster);
  });

const welcome = (it: {
  http: string;
  console: string;
  ocpp: string;
  speed: number;
  stations: number;
  vehicles: number;
  adminKeyFile: string;
}) => `
  Packloop demo: ${it.stations} simulated stations, ${it.vehicles} simulated vehicles, time x${it.speed}
  Network     ${new URL(it.console).origin}/
  Console     ${it.console}
  API         ${it.http}/docs/
  Stations    ${it.ocpp}/<id>
  Admin key   ${it.adminKeyFile}
  Everything in it is simulated. Stop with Ctrl+C; it goes on from there the next time (--fresh starts over).
`;
