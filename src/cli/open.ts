// The network without its ports: for commands that look at the books or write in them.
import { resolve } from 'node:path';
import { fastClock, systemClock } from '#units';
import { type App, createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { databaseFor, isThere } from '../embedded.ts';
import { timeGoesOn } from './clock.ts';
import { Failed } from './say.ts';

/** Options that every command has. */
export interface Common {
  readonly json?: true;
  /** The demo network’s database instead of the real one. */
  readonly demo?: true;
}

/** The embedded database of the demo is another one than that of a real network. */
export const databaseName = ({ demo }: Common): string => (demo ? 'demo' : 'packloop');

/** As `withApp`, for commands that only look: where there is no network, none is made. @throws Failed */
export async function withNetwork<T>(options: Common, act: (app: App, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  if (await isThere(config, databaseName(options))) return await withApp(options, act);
  const other = { ...options, demo: options.demo ? undefined : (true as const) };
  const hint = (await isThere(config, databaseName(other as Common)))
    ? options.demo
      ? 'there is a real one: leave --demo away'
      : 'there is a demo network: give --demo'
    : 'go where it is, or name it by DATA_DIR or DATABASE_URL';
  throw new Failed(`There is no ${options.demo ? 'demo ' : ''}network in ${resolve(config.DATA_DIR)}: ${hint}`, {
    code: 2,
  });
}

export async function withApp<T>(options: Common, act: (app: App, config: Config) => Promise<T>): Promise<T> {
  const config = { ...readConfig(process.env), LOG_LEVEL: 'silent' as const };
  const database = await databaseFor(config, databaseName(options));
  try {
    let clock = systemClock;
    const app = await createApp({ ...config, DATABASE_URL: database.url }, { clock: () => clock() });
    try {
      await app.migrate();
      if (options.demo) clock = fastClock(1, await timeGoesOn(app), systemClock());
      return await act(app, config);
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}
