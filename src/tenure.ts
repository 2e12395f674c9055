// The one server of a database of its own: a second is refused, and the first notices when its PostgreSQL dies.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Another server runs on this database. */
export class Taken extends Error {
  override readonly name = 'Taken';
}

export interface Tenure {
  end(): Promise<void>;
}

interface Terms {
  readonly url: string;
  /** Called when the connection breaks, before it is opened again: what brings the database back. */
  readonly revive: () => Promise<void>;
  /** The database is gone for good, or somebody else took it. */
  readonly lost: (error: Error) => void;
}

/** How long a database that went away has to come back. */
const ATTEMPTS = 30;

/** Holds the lock of the one server on a connection of its own. @throws Taken */
export async function take({ url, revive, lost }: Terms): Promise<Tenure> {
  let isOver = false;
  let client = await hold();
  return {
    async end() {
      isOver = true;
      await client.end().catch(() => {});
    },
  };

  async function hold(): Promise<pg.Client> {
    const opened = new pg.Client({ connectionString: url, application_name: 'packloop tenure', keepAlive: true });
    opened.on('error', () => {}); // `end` follows, and is what counts
    await opened.connect();
    const tried = async () => (await opened.query('select pg_try_advisory_lock(7214) as mine')).rows[0].mine as boolean;
    let isMine = await tried();
    // The connection of a server that was just killed may live a moment longer than the server.
    for (let again = 0; !isMine && again < 5; again++) {
      await sleep(200);
      isMine = await tried();
    }
    if (!isMine) {
      await opened.end();
      throw new Taken('A server runs on this database already: stop it first, or give another DATA_DIR');
    }
    opened.once('end', () => void holdAgain());
    return opened;
  }

  async function holdAgain(): Promise<void> {
    for (let attempt = 1; !isOver; attempt++)
      try {
        await revive();
        client = await hold();
        if (isOver) await client.end();
        return;
      } catch (error) {
        if (error instanceof Taken || attempt === ATTEMPTS) return lost(error as Error);
        await sleep(1000);
      }
  }
}
