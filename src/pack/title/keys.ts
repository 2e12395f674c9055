// Whose key signs: registered and ended by the organisation itself, each time told to the record. Else whoever runs the network could
// sign for an owner by a key of his own, and nobody would find it afterwards.
import { Refused, type Work } from '#kernel';
import { append, originOf } from '#record';
import { readKey } from '#record/verify';
import { addKey, endKey, hadKeys, type Key } from './store.ts';

interface By {
  readonly name: string;
  /** The organisation he acts for; undefined for the platform. */
  readonly tenant?: string | undefined;
}

/**
 * The platform may register the first key of an organisation that has none yet: somebody has to let it in.
 * @throws Refused `title-key-wrong`, `title-key-known`, `title-key-foreign`
 */
export async function registerKey(work: Work, it: Key, by: By): Promise<void> {
  await demandUsable(work, it.key);
  if (by.tenant !== it.party && (await hadKeys(work, it.party)))
    throw new Refused('title-key-foreign', `${it.party} has keys: its own administrator changes them`, {}, 403);
  if (!(await addKey(work, it))) throw new Refused('title-key-known', 'This key speaks for somebody, or did');
  await told(work, 'title.key-added', it, by);
}

/** @throws Refused `title-key-unknown` */
export async function retireKey(work: Work, it: Key, by: By): Promise<void> {
  if (!(await endKey(work, it)))
    throw new Refused('title-key-unknown', `${it.party} signs with no such key`, { partyId: it.party }, 404);
  await told(work, 'title.key-ended', it, by);
}

const told = (work: Work, type: string, { party, key }: Key, by: By): Promise<void> =>
  append(work, [{ subject: `party:${party}`, type, body: { key, by: by.name } }]);

async function demandUsable(work: Work, key: string): Promise<void> {
  const wrong = (why: string) => new Refused('title-key-wrong', why, {}, 422);
  if (/^\s*PRIVATE/.test(key))
    throw wrong('This is a private key, and it is known to others now: make another, and send the public half');
  const read = await readKey(key).catch((error: Error) => {
    throw wrong(error.message);
  });
  if (read.kind !== 'note') throw wrong('This is the key of a witness');
  const origin = await originOf(work);
  if (origin !== undefined && (read.name === origin || read.name.startsWith(`${origin}/`)))
    throw wrong(`${read.name} is a key of the log itself`);
}
