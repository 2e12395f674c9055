// Prints the SQL that better-auth's tables still need on the database that DATABASE_URL names: what a new version of it, or
// another plugin, adds goes from here into a file of db/migrations.
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { authOptions } from '../src/party/auth.ts';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const acts = {
  log: () => {},
  lockedForS: async () => 0,
  failed: async () => {},
  succeeded: async () => {},
  isLocked: async () => false,
  vouchedBy: () => undefined,
  dismissed: async () => {},
  signedIn: async () => {},
  passwordChanged: async () => {},
};
const options = await authOptions({
  pool,
  secret: 'only the shape of the tables is asked for',
  publicUrl: 'http://localhost',
  providers: [],
  newId: () => '',
  acts,
});
process.stdout.write(`${await (await getMigrations(options)).compileMigrations()}\n`);
await pool.end();
