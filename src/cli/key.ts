import { randomBytes } from 'node:crypto';
import { everything, scopes as known, type Scope } from '#kernel/api';
import { callerOf, findParty, keys, makeKey, revokeKey } from '#party';
import type { PartyId } from '#units';
import { type Common, withApp, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';
import { leaveOwnTrail } from './trail.ts';

export async function createKey(
  options: Common & { name: string; scopes: readonly string[]; party?: string },
): Promise<void> {
  const strange = options.scopes.find((it) => !known.includes(it as Scope));
  if (strange !== undefined)
    throw new Failed(`there is no scope "${strange}"; there are ${known.join(', ')}`, { code: 2 });
  const made = await withApp(options, (app) =>
    app.doWork(async (work) => {
      const partyId = options.party as PartyId | undefined;
      if (partyId && !(await findParty(work, partyId)))
        throw new Failed(`--party ${partyId}: there is no such organisation`, { code: 2, option: '--party' });
      const wanted = { name: options.name, scopes: options.scopes as Scope[], partyId, random: randomBytes(32) };
      const key = await makeKey(work, wanted);
      const id = (await callerOf(work, `Bearer ${key}`)).name.replace('key:', '');
      await leaveOwnTrail(work, 'key create', { id, partyId, scopes: wanted.scopes });
      return { id, key };
    }),
  );
  say(options.json === true, made, `${made.key}\n(id ${made.id}; this key is not shown again)`);
}

export async function listKeys(options: Common): Promise<void> {
  const all = await withNetwork(options, (app) => app.doWork((work) => keys(work, everything)));
  say(options.json === true, { keys: all }, () =>
    all.length === 0
      ? 'There are no keys.'
      : all
          .map(
            (it) => `${it.id}  ${it.revokedAt ? 'revoked' : 'valid  '}  ${it.scopes.join(',').padEnd(24)} ${it.name}`,
          )
          .join('\n'),
  );
}

export async function endKey(id: string, options: Common): Promise<void> {
  await withNetwork(options, (app) =>
    app.doWork(async (work) => {
      await revokeKey(work, id, everything);
      await leaveOwnTrail(work, 'key revoke', { id });
    }),
  );
  say(options.json === true, { revoked: id }, `Key ${id} is revoked.`);
}
