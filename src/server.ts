// A running server: its database, its ports, its timer and its jobs. Used by main.ts and by the command line.
import { type App, type AppConfig, createApp, type World } from './app.ts';
import type { Config } from './config.ts';
import { databaseFor } from './embedded.ts';

export interface Server {
  readonly app: App;
  readonly config: AppConfig;
  readonly urls: Awaited<ReturnType<App['listen']>>;
  /** Lets running work end, closes the ports and stops the embedded database unless somebody else uses it. */
  stop(): Promise<void>;
}

/** How often the server looks for what time brings about. */
const TICK_MS = 5_000;

export async function startServer(
  config: Config,
  world: Partial<World> = {},
  databaseName = 'packloop',
): Promise<Server> {
  const database = await databaseFor(config, databaseName);
  const appConfig = { ...config, DATABASE_URL: database.url };
  const app = await createApp(appConfig, world);
  try {
    await app.migrate();
    const urls = await app.listen();
    const timer = every(TICK_MS, app);
    await app.startJobs();
    return {
      app,
      config: appConfig,
      urls,
      async stop() {
        clearInterval(timer);
        await app.close();
        await database.release();
      },
    };
  } catch (error) {
    await app.close().catch(() => {});
    await database.release();
    throw error;
  }
}

/** Never two ticks at once: a slow one makes the next wait. */
function every(ms: number, app: App): NodeJS.Timeout {
  let running = false;
  return setInterval(async () => {
    if (running) return;
    running = true;
    await app.tick().catch((error) => app.log.error(error, 'tick'));
    running = false;
  }, ms);
}
