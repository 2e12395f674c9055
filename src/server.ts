// A running server: its database, its ports, its timer and its jobs. Used by main.ts and by the command line.
import { randomBytes } from 'node:crypto';
import { type FirstSignIn, firstAdministrator } from '#party';
import { type App, createApp } from './app.ts';
import type { Config } from './config.ts';
import { databaseFor } from './embedded.ts';
import { rememberAddress } from './issuerKey.ts';
import type { ChainPace } from './openChain.ts';
import { type Tenure, take } from './tenure.ts';
import type { AppConfig, World } from './world.ts';

export interface Server {
  readonly app: App;
  readonly config: AppConfig;
  readonly urls: Awaited<ReturnType<App['listen']>>;
  /** How the administrator who was just made signs in: printed once, and nowhere kept. */
  readonly first?: FirstSignIn;
  /** Lets running work end, closes the ports and stops the embedded database unless somebody else uses it. */
  stop(): Promise<void>;
}

/** How often the server looks for what time brings about. */
const TICK_MS = 5_000;

export async function startServer(
  config: Config,
  world: Partial<World> = {},
  databaseName = 'packloop',
  pace: ChainPace = {},
): Promise<Server> {
  const database = await databaseFor(config, databaseName);
  let app: App | undefined;
  let tenure: Tenure | undefined;
  const end = async () => {
    try {
      await app?.close();
    } finally {
      await tenure?.end();
    }
  };
  try {
    // Several servers may share a database that somebody runs for them; an embedded one, or a demo, has one.
    const revive = async () => await database.revive?.();
    if (database.revive || databaseName === 'demo') tenure = await take({ url: database.url, revive, lost });
    const appConfig = { ...config, DATABASE_URL: database.url };
    app = await createApp(appConfig, world);
    await app.migrate();
    const keeper = await app.openLog();
    const urls = await app.listen();
    rememberAddress(config.DATA_DIR, urls.http);
    const first = await app.doWork((work) =>
      firstAdministrator(work, { email: config.ADMIN_EMAIL, random: (size) => randomBytes(size) }),
    );
    keeper.start();
    await app.openChain(pace);
    const timers = [every(TICK_MS, app.log, app.tick), every(TICK_MS, app.log, app.platforms.upload)];
    await app.startJobs().catch((error) => {
      timers.forEach(clearInterval);
      throw error;
    });
    return {
      app,
      config: appConfig,
      urls,
      ...(first && { first }),
      async stop() {
        timers.forEach(clearInterval);
        await end();
        await database.release();
      },
    };
  } catch (error) {
    await end().catch(() => {});
    await database.release();
    throw error;
  }
}

/** Without its database a server can do nothing, not even say so to a station. */
function lost(error: Error): void {
  process.stderr.write(`packloop: PostgreSQL has ended and cannot be started again: ${error.message}\n`);
  process.exit(1);
}

/** Never two ticks at once: a slow one makes the next wait. */
function every(ms: number, log: App['log'], act: () => Promise<unknown>): NodeJS.Timeout {
  let running = false;
  return setInterval(async () => {
    if (running) return;
    running = true;
    await act().catch((error) => log.error(error, act.name));
    running = false;
  }, ms);
}
