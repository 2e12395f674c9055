import { randomBytes } from 'node:crypto';
import { everything, scopes as known, type Scope } from '#kernel/api';
import { callerOf, keys, makeKey, revokeKey } from '#party';
import { type Common, withApp, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';

export async function createKey(options: Common & { name: string; scopes: readonly string[] }): Promise<void> {
  const strange = options.scopes.find((it) => !known.includes(it as Scope));
  if (strange !== undefined)
    throw new Failed(`there is no scope "${strange}"; there are ${known.join(', ')}`, { code: 2 });
  const made = await withApp(options, (app) =>
    app.doWork(async (work) => {
      const wanted = { name: options.name, scopes: options.scopes as Scope[], random: randomBytes(32) };
      const key = await makeKey(work, wanted);
      return { id: (await callerOf(work, `Bearer ${key}`)).name.replace('key:', ''), key };
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
  await withNetwork(options, (app) => app.doWork((work) => revokeKey(work, id, everything)));
  say(options.json === true, { revoked: id }, `Key ${id} is revoked.`);
}
