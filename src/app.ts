// The composition root: database, clock, log of the network, ports and jobs, put together and ended.
import { randomBytes } from 'node:crypto';
import { type Announced, Answers, Live, migrate, openDatabase, type Work, workIn } from '#kernel';
import { createOcpp } from '#ocpp';
import { accessChanged } from '#party';
import { type Keeper, originOf } from '#record';
import { chance } from '#units';
import { type Accounts, createAccounts } from './accounts.ts';
import { audit as auditBy, invariantsWith } from './audit.ts';
import { openDoors } from './doors.ts';
import { openGauges } from './gauges.ts';
import { guardPages } from './headers.ts';
import { openHttp } from './http.ts';
import { type Runner, runJobs, runWaitingJobs } from './jobs.ts';
import { limitRates } from './limits.ts';
import { listenersOfRooms } from './listeners.ts';
import { createMetrics } from './metrics.ts';
import { type ChainPace, type ChainToAsk, lookOnce, type OpenChain, openChainOf } from './openChain.ts';
import { openPlatforms } from './openPlatforms.ts';
import { structureIn } from './openProperty.ts';
import { openRecord, secretAt } from './openRecord.ts';
import { outages } from './outages.ts';
import { servePages } from './pages.ts';
import { secureServer } from './secureServer.ts';
import { forgetOld, sweepOnce, sweepsOf } from './sweeps.ts';
import { type AppConfig, type World, worldFor } from './world.ts';

export type App = Awaited<ReturnType<typeof createApp>>;

/** Puts the house together on one database. Nothing runs by itself until `listen`, `startJobs` or `tick` is called. */
export async function createApp(config: AppConfig, world: Partial<World> = {}) {
  const property = structureIn(config.PROPERTY_FILE);
  const database = outages();
  const { clock, newId, log, randomBytes: random } = worldFor(config, world, database);
  const metrics = createMetrics();
  const observe: typeof metrics.worked = (seconds, outcome) => {
    metrics.worked(seconds, outcome);
    if (outcome === 'done') database.worked(log, seconds);
  };
  const { db, pool } = openDatabase(config.DATABASE_URL, { max: config.POOL_MAX, application_name: 'packloop' });
  pool.on('error', (error) => log.error(error));
  const dice = chance(randomBytes(4).readUInt32LE());
  const live = new Live();
  const listeners = listenersOfRooms();
  let accounts: Accounts | undefined;
  let keeper: Keeper | undefined;
  let chain: OpenChain | undefined;
  /** What was just committed: for who asks next, and for open screens. */
  const hear = (announced: Announced): void => {
    if (announced.type === accessChanged.name) accounts?.callers.forget();
    live.publish(announced);
  };
  const doWork = workIn({ db, listeners, clock, newId, log, live: hear, observe });
  const platforms = await openPlatforms({ file: config.REGULATOR_FILE, house: () => keeper?.house, doWork, dice });

  const ocpp = createOcpp({ doWork, clock, log, newId, live, metrics, limits: { batch: config.OCPP_BATCH } });
  openGauges({ metrics, ocpp, live, doWork, keeper: () => keeper });

  const http = openHttp(config, log);
  http.removeContentTypeParser('text/plain'); // a page of somebody else could send that without asking first
  guardPages(http, config);
  limitRates(http, config.RATE_LIMIT, (request) => accounts?.callers.knows(request) ?? false);
  const port = () => (http.server.address() as { port: number } | null)?.port ?? config.PORT;
  accounts = createAccounts({ config, doWork, newId, log, port });
  accounts.serve(http);
  const door = { http, doWork, identify: accounts.callers.identify, answers: new Answers() };
  const secret = () => keeper?.house.secret ?? secretAt(config);
  // No audit waits for the chain while its work is open: it judges what the last look saw.
  const audit = (work: Work, askedBy: string, seen = chain?.seen()) =>
    auditBy(work, askedBy, { invariants: invariantsWith(secret()), seen });
  const chainConfigured = (): ChainToAsk | undefined =>
    config.CHAIN_RPC && config.CHAIN_DEPLOYMENT ? { rpc: config.CHAIN_RPC, file: config.CHAIN_DEPLOYMENT } : undefined;
  const later = { keeper: () => keeper, chain: () => chain, secret };
  const { services } = accounts;
  const insight = openDoors(door, { config, clock, log, random, live, property, platforms, services, audit, later });
  servePages(http, { pool, registry: metrics.registry });

  http.server.on('upgrade', (request, socket, head) => ocpp.handleUpgrade(request, socket, head, { tls: false }));
  const secure = config.TLS_PORT === undefined ? undefined : secureServer(config);
  secure?.on('upgrade', (request, socket, head) => ocpp.handleUpgrade(request, socket, head, { tls: true }));

  const sweeps = sweepsOf({ keepMap: insight.keepMap, keeper: () => keeper, platforms: platforms.ids });
  const nightly = { audit: (work: Work) => audit(work, 'nightly'), forget: forgetOld };
  const jobs = { url: config.DATABASE_URL, log, doWork, listeners, nightly };
  let runner: Runner | undefined;

  return {
    http,
    ocpp,
    live,
    doWork,
    clock,
    log,
    /** Brings the database up to date. @returns the migrations that ran now */
    migrate: () => migrate(pool),
    /** Opens the ports. @returns the addresses, with the ports that were really taken */
    async listen(): Promise<{ http: string; ocpp: string; ocppTls?: string }> {
      await http.listen({ host: config.HOST, port: config.PORT });
      const at = (server: typeof http.server) => `${config.HOST}:${(server.address() as { port: number }).port}`;
      if (secure)
        await new Promise<void>((done, failed) =>
          secure.once('error', failed).listen(config.TLS_PORT, config.HOST, done),
        );
      return {
        http: `http://${at(http.server)}`,
        ocpp: `ws://${at(http.server)}/ocpp`,
        ...(secure && { ocppTls: `wss://${at(secure as never)}/ocpp` }),
      };
    },
    /** Looks once after everything that time brings about. Called by a timer in production, by hand in tests. */
    async tick(): Promise<void> {
      await sweepOnce(doWork, sweeps);
      await ocpp.flush();
    },
    /** Opens the log of the network. Its `start` lets it run by itself; a test places entries by hand. @throws ConfigWrong */
    async openLog(): Promise<Keeper> {
      keeper ??= await openRecord({ config, doWork, newId, log });
      return keeper;
    },
    platforms,
    /** Begins to look at the chain, where one is configured; nothing waits for it. @throws ConfigWrong */
    async openChain(pace: ChainPace = {}): Promise<void> {
      chain ??= await openChainOf({ config, doWork, keeper: await this.openLog(), log, pace });
    },
    async startJobs(): Promise<void> {
      runner = await runJobs(jobs);
    },
    /** Who may what is asked anew at once: for a test that writes past the routes. */
    forgetCallers: () => accounts?.callers.forget(),
    /** Does all waiting jobs and returns. */
    drain: () => runWaitingJobs(jobs),
    /** Checks every invariant; the chain is read first. @param where it is, when it is another one than the configured @throws ChainTrouble */
    async audit(askedBy = 'somebody', where = chainConfigured()) {
      const seen =
        where && !chain ? await lookOnce(where, config.DATA_DIR, (await doWork(originOf)) ?? '') : chain?.seen();
      return await doWork((work) => audit(work, askedBy, seen));
    },
    async close(): Promise<void> {
      insight.end();
      await ocpp.close();
      await chain?.end();
      await keeper?.end();
      secure?.close();
      await http.close();
      await runner?.stop();
      await accounts?.close();
      await db.destroy();
      if (!pool.ended) await pool.end(); // Kysely ends a pool only when it was used through Kysely
    },
  };
}
