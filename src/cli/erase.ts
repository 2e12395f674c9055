import { randomBytes } from 'node:crypto';
import { erase } from '#erasure';
import { thePerson } from '#party';
import { secretAt } from '../openRecord.ts';
import { type Common, withNetwork } from './open.ts';
import { say } from './say.ts';
import { leaveOwnTrail } from './trail.ts';

interface Asked extends Common {
  readonly reason: string;
  /** By the id of a driver, who may have no account. */
  readonly driver?: true;
  readonly settled?: true;
}

/** Forgets a person for ever: by email or id of the account, or by the id of a driver. */
export async function eraseOne(who: string, options: Asked): Promise<void> {
  const done = await withNetwork(options, (app, config) =>
    app.doWork(async (work) => {
      const whom = options.driver ? { driverId: who } : { personId: (await thePerson(work, who)).id };
      const said = { by: 'command line', reason: options.reason, settled: options.settled === true };
      const place = { random: (size: number) => randomBytes(size), secret: secretAt(config) };
      const erased = await erase(work, { ...whom, ...said }, place);
      await leaveOwnTrail(work, 'erase', { erasure: erased.id });
      return erased;
    }),
  );
  const rows = Object.entries(done.rows).map(([table, many]) => `  ${table}  ${many}`);
  say(options.json === true, { ...done }, ['Erased. Running servers notice within 5 seconds.', ...rows].join('\n'));
}
