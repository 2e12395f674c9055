// C2SP tlog-policy: which logs, which witnesses, and how many of them a checkpoint needs.
import { type Bytes, textOf } from './bytes.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { type Note, readKey, readNote, type Signed, signedBy, type VerifierKey } from './note.ts';
import { Unproven } from './unproven.ts';

/** Holds when at least `need` of its members do. */
interface Group {
  readonly need: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly VerifierKey[];
  /** By the names of this file, which mean nothing elsewhere. */
  readonly witnesses: ReadonlyMap<string, VerifierKey>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly quorum: string;
}

/** A checkpoint that the policy accepts. */
export interface Accepted {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  /** The log's key that signed. */
  readonly log: VerifierKey;
  /** Those who cosigned, by their names in the policy, and when (POSIX seconds). */
  readonly witnesses: readonly { readonly name: string; readonly time: number }[];
}

/** @throws Unproven of whatever does not hold: `malformed-note`, `bad-signature`, `not-signed`, `quorum-missed` … */
export async function accepted(bytes: Bytes, policy: Policy): Promise<Accepted> {
  const found = await signedByLog(bytes, policy);
  const names = new Set(found.witnesses.map((it) => it.name));
  if (!holds(policy, policy.quorum, names))
    throw new Unproven(
      'quorum-missed',
      `Cosigned by ${names.size === 0 ? 'nobody' : [...names].join(', ')}: not enough for the quorum "${policy.quorum}"`,
    );
  return found;
}

/**
 * Without the quorum: for a checkpoint that was accepted once by its holder, under another policy perhaps.
 * @throws Unproven as `accepted`, but never `quorum-missed`
 */
export async function signedByLog(bytes: Bytes, policy: Policy): Promise<Accepted> {
  const note = readNote(bytes);
  const checkpoint = readCheckpoint(note.text);
  const own = policy.logs.filter((it) => it.name === checkpoint.origin);
  if (own.length === 0)
    throw new Unproven('wrong-log', `The policy does not know the log ${checkpoint.origin.slice(0, 200)}`);
  const signed = await signedBy(note, [...own, ...policy.witnesses.values()]);
  const log = signed.find((it) => own.includes(it.key))?.key;
  if (log === undefined) throw new Unproven('not-signed', `The log ${checkpoint.origin} has not signed its checkpoint`);
  const witnesses = cosigners(policy, signed);
  return { checkpoint, note, log, witnesses };
}

const cosigners = (policy: Policy, signed: readonly Signed[]) =>
  [...policy.witnesses].flatMap(([name, key]) => {
    const time = signed.find((it) => it.key === key)?.time;
    return time === undefined ? [] : [{ name, time }];
  });

/** Whether these witnesses are enough for the one named. A group is always made of names before it, so this ends. */
export function holds(policy: Pick<Policy, 'groups'>, name: string, by: ReadonlySet<string>): boolean {
  if (name === 'none') return true;
  const group = policy.groups.get(name);
  return group === undefined ? by.has(name) : group.members.filter((it) => holds(policy, it, by)).length >= group.need;
}

/** @throws Unproven `malformed-policy` or `malformed-key`, with the line */
export async function readPolicy(bytes: Uint8Array): Promise<Policy> {
  const logs: VerifierKey[] = [];
  const witnesses = new Map<string, VerifierKey>();
  const groups = new Map<string, Group>();
  let quorum: string | undefined;
  const isFree = (name: string) => name !== 'none' && !witnesses.has(name) && !groups.has(name);
  // A name is a string of octets, not of letters: each byte becomes one character and back again only for keys.
  const octets = Array.from(bytes, (it) => String.fromCharCode(it)).join('');
  if (/[^\t\n\x20-\x7e\x80-\xff]/.test(octets))
    throw new Unproven('malformed-policy', 'The policy has control characters');
  for (const [at, line] of octets.split('\n').entries()) {
    const no = (why: string) => new Unproven('malformed-policy', `Line ${at + 1} of the policy: ${why}`);
    const [word, ...rest] = line.split(/[ \t]+/).filter((it) => it !== '');
    if (word === undefined || word.startsWith('#')) continue;
    if (word === 'log') {
      const key = await keyOf(rest[0], 'note', no);
      if (rest.length > 2) throw no('log VKEY [URL] is needed');
      if (logs.some((it) => isSame(it, key))) throw no('this log is there already');
      logs.push(key);
    } else if (word === 'witness') {
      const [name = ''] = rest;
      const key = await keyOf(rest[1], 'cosignature', no);
      if (rest.length > 3 || !isFree(name))
        throw no(`witness NAME VKEY [URL] is needed, and a name not taken: "${name}"`);
      if ([...witnesses.values()].some((it) => isSame(it, key))) throw no('this witness is there already');
      witnesses.set(name, key);
    } else if (word === 'group') {
      const [name = '', many = '', ...members] = rest;
      const need =
        many === 'any' ? 1 : many === 'all' ? members.length : /^[1-9][0-9]{0,8}$/.test(many) ? Number(many) : 0;
      if (!isFree(name)) throw no(`the name "${name}" is missing or taken`);
      if (!(need >= 1 && need <= members.length)) throw no(`"${many}" of ${members.length} members cannot be`);
      if (new Set(members).size < members.length) throw no('a member is there twice');
      for (const it of members) if (it === 'none' || isFree(it)) throw no(`"${it}" is not defined before`);
      for (const it of groups.values())
        for (const member of members)
          if (it.members.includes(member)) throw no(`"${member}" is in another group already`);
      groups.set(name, { need, members });
    } else if (word === 'quorum') {
      const [name = ''] = rest;
      if (rest.length !== 1 || (name !== 'none' && isFree(name)))
        throw no(`quorum of "${name}", which is not defined before`);
      if (quorum !== undefined) throw no('a second quorum');
      quorum = name;
    } else throw no(`"${word}" is not known`);
  }
  if (quorum === undefined) throw new Unproven('malformed-policy', 'The policy has no quorum line');
  return { logs, witnesses, groups, quorum };
}

const isSame = (a: VerifierKey, b: VerifierKey) => a.raw.toHex() === b.raw.toHex();

async function keyOf(octets: string | undefined, kind: VerifierKey['kind'], no: (why: string) => Unproven) {
  const vkey = octets === undefined ? undefined : textOf(Uint8Array.from(octets, (it) => it.charCodeAt(0)));
  if (vkey === undefined) throw no('a verifier key is needed');
  const key = await readKey(vkey);
  if (key.kind !== kind) throw no(`a key of kind ${kind} is needed, ${key.name} is of kind ${key.kind}`);
  return key;
}
