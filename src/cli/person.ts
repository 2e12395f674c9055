import { randomBytes } from 'node:crypto';
import { everything } from '#kernel/api';
import {
  addPerson,
  demandPost,
  findParty,
  join,
  oneTimePassword,
  people,
  type Role,
  setLocked,
  setPassword,
  thePerson,
  thePlatform,
} from '#party';
import type { DriverId, PartyId, StationId } from '#units';
import { type Common, withApp, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';
import { leaveOwnTrail } from './trail.ts';

interface NewPerson extends Common {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly party?: string;
  readonly regions?: readonly string[];
  readonly stations?: readonly string[];
  readonly driver?: string;
}

const shownOnce = 'shown this once; it is to be changed at the first sign-in';

/** Makes an account with a one-time password. */
export async function addOne(options: NewPerson): Promise<void> {
  const { email, name, role } = options;
  const made = await withApp(options, (app) =>
    app.doWork(async (work) => {
      const partyId = (options.party as PartyId | undefined) ?? (await thePlatform(work));
      const party = await findParty(work, partyId);
      if (!party) throw new Failed(`--party ${partyId}: there is no such organisation`, { code: 2, option: '--party' });
      const post = {
        partyId,
        role: role as Role,
        regions: options.regions,
        stations: options.stations as readonly StationId[] | undefined,
        driverId: options.driver as DriverId | undefined,
      };
      demandPost(party.kind, post, everything);
      const password = oneTimePassword((size) => randomBytes(size));
      const id = await addPerson(work, { email, name, password, passwordDue: true });
      await join(work, id, post, { by: 'command line' });
      await leaveOwnTrail(work, 'person add', { personId: id, partyId, role });
      return { id, email: email.toLowerCase(), party: partyId, role, password };
    }),
  );
  say(
    options.json === true,
    made,
    `${made.email} is ${role} of ${made.party}\nPassword  ${made.password}  (${shownOnce})`,
  );
}

export async function listPeople(options: Common): Promise<void> {
  const all = await withNetwork(options, (app) => app.doWork(people));
  say(options.json === true, { people: all }, () =>
    all.length === 0
      ? 'There are no people.'
      : all
          .map((it) => {
            const notes = [
              ...(it.lockedAt ? ['locked'] : []),
              ...(it.passwordDue ? ['password to be changed'] : []),
              ...(it.twoFactor ? ['two factors'] : []),
            ];
            return `${it.id}  ${it.email.padEnd(32)} ${it.name}${notes.length > 0 ? `  (${notes.join(', ')})` : ''}`;
          })
          .join('\n'),
  );
}

/** A new one-time password; all sessions end. */
export async function resetPassword(emailOrId: string, options: Common): Promise<void> {
  const password = oneTimePassword((size) => randomBytes(size));
  const { email } = await withNetwork(options, (app) =>
    app.doWork(async (work) => {
      const person = await thePerson(work, emailOrId);
      await setPassword(work, person.id, password);
      await leaveOwnTrail(work, 'person reset-password', { personId: person.id });
      return person;
    }),
  );
  say(options.json === true, { email, password }, `${email}\nPassword  ${password}  (${shownOnce})`);
}

/** Locks somebody out on every device, or lets him in again. */
export async function lock(emailOrId: string, options: Common & { readonly unlock?: true }): Promise<void> {
  const locked = options.unlock !== true;
  const { email } = await withNetwork(options, (app) =>
    app.doWork(async (work) => {
      const person = await thePerson(work, emailOrId);
      await setLocked(work, person.id, locked);
      await leaveOwnTrail(work, `person lock${locked ? '' : ' --unlock'}`, { personId: person.id });
      return person;
    }),
  );
  const text = locked
    ? `${email} is locked out; running servers notice within 5 seconds.`
    : `${email} may sign in again.`;
  say(options.json === true, { email, locked }, text);
}
