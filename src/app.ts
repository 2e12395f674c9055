// The composition root: the one place that knows every room, and who listens to whom.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { forgetConsentsBefore, makeEdition } from '#enquiry';
import { demandCertificate, demandLicensed, demandNotLost, takeUp, watchLate, watchMissing } from '#exchange';
import {
  chargesStopped,
  demandNoRisk,
  demandNoTest,
  demandNotGradedOut,
  packFades,
  packKeptBack,
  restsEnded,
  riskChanged,
  sensorDoubted,
} from '#health';
import { askReached, eyes, openSwaps, packsReached, subjectReached, swapReached } from '#insight';
import {
  type Announced,
  Answers,
  forgetOldKeys,
  Listeners,
  Live,
  migrate,
  openDatabase,
  type Work,
  workIn,
} from '#kernel';
import type { Holder } from '#ledger';
import { createOcpp, forgetOldMessages } from '#ocpp';
import { accessChanged, lockout } from '#party';
import { passportReissued, reviseCredentials } from '#passport';
import { type Keeper, originOf, sizeOf } from '#record';
import {
  chargeEnded,
  forgetAnomaliesBefore,
  forgetCommandsBefore,
  lift,
  packAlarming,
  relabel,
  restEnded,
  wentOutOfUse,
} from '#station';
import { cancelAt, demandNoSwap, sweep, withdraw } from '#swap';
import { chance, type PackCode, type PartyId, systemClock } from '#units';
import { type Accounts, createAccounts } from './accounts.ts';
import { answerRisk, orderLook, tellDoubts, tellOutOfUse } from './answerRisk.ts';
import { audit as auditBy, forgetAuditsBefore, invariantsWith, lastAudit } from './audit.ts';
import { basemapOf } from './basemap.ts';
import { enquiryRoutes } from './enquiry/routes.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { estimateHealth } from './estimateHealth.ts';
import { handoverRoutes } from './exchange/handover/routes.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { guardPages } from './headers.ts';
import { gradeRoutes } from './health/grade/routes.ts';
import { riskRoutes } from './health/risk/routes.ts';
import { openHttp } from './http.ts';
import { insightRoutes } from './insight/routes.ts';
import { issuerKeyAt, statusUri } from './issuerKey.ts';
import { type Runner, runJobs, runWaitingJobs } from './jobs.ts';
import { judgeCommand, judgeVehicle, unknownHolders } from './judges.ts';
import { limitRates, plateLimit } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { type ChainPace, type ChainToAsk, lookOnce, type OpenChain, openChainOf } from './openChain.ts';
import { openPlatforms } from './openPlatforms.ts';
import { structureIn } from './openProperty.ts';
import { openRecord, secretAt } from './openRecord.ts';
import { outages } from './outages.ts';
import { packRoutes } from './pack/routes.ts';
import { titleRoutes } from './pack/title/routes.ts';
import { servePages } from './pages.ts';
import { memberRoutes } from './party/memberRoutes.ts';
import { partyRoutes } from './party/routes.ts';
import { resolvePassports } from './passport/resolver.ts';
import { passportRoutes } from './passport/routes.ts';
import { serveStatus } from './passport/statusRoute.ts';
import { recordRoutes } from './record/routes.ts';
import { secureServer } from './secureServer.ts';
import { stationRoutes } from './station/routes.ts';
import { swapRoutes } from './swap/routes.ts';
import { watchAlarming, watchRested, watchWaiting } from './watchHealth.ts';
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
  // Bookkeeping is all done in the work of the swap itself; here listens who may come later.
  const listeners = new Listeners()
    .on(chargeEnded, 'estimate health', estimateHealth)
    .on(chargeEnded, 'await rest', chargesStopped)
    .on(restEnded, 'look at rest', restsEnded)
    .on(packAlarming, 'watch', watchAlarming)
    .on(riskChanged, 'answer', answerRisk)
    .on(sensorDoubted, 'tell', tellDoubts)
    .on(wentOutOfUse, 'tell', tellOutOfUse)
    .on(wentOutOfUse, 'cancel', cancelAt)
    .on(packFades, 'order look', orderLook)
    .on(packKeptBack, 'withdraw', async (work, facts) => {
      for (const { code, why } of facts) await withdraw(work, code as PackCode, why);
    });
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
  metrics.gauge('packloop_ocpp_connections', 'Stations that are connected to this process', () => ocpp.connections);
  metrics.gauge('packloop_live_listeners', 'Screens that watch this process', () => live.size);
  metrics.gauges('packloop_witness_signs', 'Whether a witness signed when it was asked last', 'witness', async () => {
    return new Map([...(keeper?.cosigning.signing ?? [])].map(([witness, signs]) => [witness, signs ? 1 : 0]));
  });
  metrics.gauges(
    'packloop_log_entries',
    'How far the log goes, and how much of it enough have signed',
    'what',
    async () => {
      const cosigned = (await keeper?.cosigning.published())?.size ?? 0;
      return new Map([
        ['written', (await doWork(sizeOf)) ?? 0],
        ['cosigned', cosigned],
      ]);
    },
  );
  metrics.gauges('packloop_swaps_open', 'Swaps under way', 'state', () => doWork(openSwaps));

  const http = openHttp(config, log);
  http.removeContentTypeParser('text/plain'); // a page of somebody else could send that without asking first
  guardPages(http, config);
  limitRates(http, config.RATE_LIMIT, (request) => accounts?.callers.knows(request) ?? false);
  const port = () => (http.server.address() as { port: number } | null)?.port ?? config.PORT;
  accounts = createAccounts({ config, doWork, newId, log, port });
  accounts.serve(http);
  const door = { http, doWork, identify: accounts.callers.identify, answers: new Answers() };
  partyRoutes(door, { random, judgeVehicle });
  memberRoutes(door, { random, services: accounts.services });
  packRoutes(door, {
    structure: property,
    unknownHolders,
    relabel: recoded,
    packsReached,
    withdraw,
    demandNoSwap,
    lift,
    demandClearable,
    demandReceiver,
  });
  titleRoutes(door, packsReached, demandLicensed);
  gradeRoutes(door, packsReached);
  riskRoutes(door, packsReached);
  passportRoutes(door, packsReached);
  resolvePassports(door);
  serveStatus(door, {
    key: () => issuerKeyAt(config.DATA_DIR),
    uri: () => statusUri(config),
    // A demo's time runs; credentials are dated and checked by everybody's.
    now: config.CLOCK_SPEED === undefined ? clock : systemClock,
  });
  exchangeRoutes(door, {
    platforms: platforms.all,
    packsReached,
    withdrawPack: withdraw,
    signedBy: platforms.signedBy,
    counted: async (subject) => await keeper?.counted(subject),
  });
  handoverRoutes(door, { packsReached, keeper: () => keeper });
  stationRoutes(door, { random, judgeCommand });
  swapRoutes(door, { swap: swapReached, ask: askReached });

  const secret = () => keeper?.house.secret ?? secretAt(config);
  // No audit waits for the chain while its work is open: it judges what the last look saw.
  const audit = (work: Work, askedBy: string, seen = chain?.seen()) =>
    auditBy(work, askedBy, { invariants: invariantsWith(secret()), seen });
  const chainConfigured = (): ChainToAsk | undefined =>
    config.CHAIN_RPC && config.CHAIN_DEPLOYMENT ? { rpc: config.CHAIN_RPC, file: config.CHAIN_DEPLOYMENT } : undefined;
  erasureRoutes(door, { random, secret });
  recordRoutes(door, {
    reached: subjectReached,
    keeper: () => keeper,
    chain: () => chain?.standing(),
    isPublic: config.PUBLIC_VIEW,
  });
  enquiryRoutes(door, { keeper: () => keeper, isPublic: config.PUBLIC_VIEW, mayAsk: plateLimit(config.RATE_LIMIT) });
  const insight = insightRoutes(door, {
    live,
    clockSpeed: config.CLOCK_SPEED ?? 1,
    simulated: config.CLOCK_SPEED !== undefined,
    publicView: config.PUBLIC_VIEW,
    basemap: basemapOf(config),
    log,
    audit,
    lastAudit,
  });
  servePages(http, { pool, registry: metrics.registry });

  http.server.on('upgrade', (request, socket, head) => ocpp.handleUpgrade(request, socket, head, { tls: false }));
  const secure = config.TLS_PORT === undefined ? undefined : secureServer(config);
  secure?.on('upgrade', (request, socket, head) => ocpp.handleUpgrade(request, socket, head, { tls: true }));

  /** What has to happen because time has passed. Each is done by one process at a time. */
  const sweeps: ((work: Work) => Promise<unknown>)[] = [
    sweep, // swap's frees what the ledger promised too long, too
    insight.keepMap,
    watchRested,
    watchWaiting,
    async (work) => {
      const isNew = await makeEdition(work, async () => textOf((await keeper?.cosigning.published())?.checkpoint));
      if (isNew) await reviseCredentials(work);
    },
    (work) => takeUp(work, platforms.ids),
    watchLate,
    (work) => watchMissing(work, eyes),
  ];
  const nightly = {
    audit: (work: Work) => audit(work, 'nightly'),
    forget: async (work: Work) => {
      await forgetOldKeys(work);
      await forgetOldMessages(work);
      await lockout.forgetFailures(work);
      const days = (many: number) => work.at.subtract({ hours: 24 * many });
      await forgetAnomaliesBefore(work, days(90));
      await forgetCommandsBefore(work, days(365));
      await forgetAuditsBefore(work, days(365));
      await forgetConsentsBefore(work, days(365));
    },
  };
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
      for (const [index, act] of sweeps.entries())
        await doWork(async (work) => {
          if (await isMine(work, index)) await act(work);
        });
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

const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

/** A pack carries another code now: its passport ends and another begins, and whoever has it in a slot is told. */
async function recoded(work: Work, from: PackCode, to: PackCode): Promise<void> {
  await passportReissued(work, from, to);
  await relabel(work, from, to);
}

/** Whether somebody may be given a pack. */
async function demandReceiver(work: Work, code: PackCode, holder: Holder): Promise<void> {
  await demandCertificate(work, code, holder);
  if (holder.startsWith('party:')) await demandLicensed(work, holder.slice('party:'.length) as PartyId, code);
}

/** Whether a technician may let a pack out of quarantine. */
async function demandClearable(work: Work, code: PackCode): Promise<void> {
  await demandNoTest(work, code);
  await demandNoRisk(work, code);
  await demandNotGradedOut(work, code);
  await demandNotLost(work, code);
}

/** One lock for each sweep, so that several processes on one database do not do the same. */
async function isMine(work: Work, sweep: number): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(7213, ${sweep}) as mine`.execute(
    work.db,
  );
  return rows[0]!.mine;
}
