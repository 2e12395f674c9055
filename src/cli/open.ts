// The network without its ports: for commands that look at the books or write in them.
import { type App, createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { databaseFor } from '../embedded.ts';

/** Options that every command has. */
export interface Common {
  readonly json?: true;
  /** The demo network’s database instead of the real one. */
  readonly demo?: true;
}

/** The embedded database of the demo is another one than that of a real network. */
export const databaseName = ({ demo }: Common): string => (demo ? 'demo' : 'packloop');

export async function withApp<T>(options: Common, act: (app: App, config: Config) => Promise<T>): Promise<T> {
  const config = { ...readConfig(process.env), LOG_LEVEL: 'silent' as const };
  const database = await databaseFor(config, databaseName(options));
  try {
    const app = await createApp({ ...config, DATABASE_URL: database.url });
    try {
      await app.migrate();
      return await act(app, config);
    } finally {
      await app.close();
    }
  } finally {
    await database.release();
  }
}
