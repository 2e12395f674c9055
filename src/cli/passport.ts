// packloop passport credential, packloop verify credential: what a holder may show of a pack's health, and nothing else.
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { newestUntil } from '#health';
import { find } from '#pack';
import { type PackCode, systemClock } from '#units';
import { issuerKey, issuerKeyAt, issuerKeyFile, statusUri } from '../issuerKey.ts';
import { bound, type Challenge } from '../passport/binding.ts';
import {
  atLeast,
  healthClaims,
  isStep,
  issueCredential,
  presented,
  statusOf,
  verifyCredential,
} from '../passport/credential.ts';
import { enterCredential, revokeCredential, revokedPlaces } from '../passport/issued.ts';
import { NotCredible } from '../passport/jwt.ts';
import { statusList } from '../passport/statusList.ts';
import { demandWritable, textIn } from './files.ts';
import { type Common, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';

interface Issue extends Common {
  readonly atLeast: number;
  readonly out?: string;
  readonly days: number;
  readonly issuer: string;
  /** With all that it says, for the holder. */
  readonly all?: true;
  /** File with the public key of the holder. */
  readonly holder?: string;
}

export async function issue(code: string, options: Issue): Promise<void> {
  if (!isStep(options.atLeast))
    throw new Failed(`--at-least ${options.atLeast}: 50 to 95 in steps of 5`, { code: 2, option: '--at-least' });
  // A credential that nobody got would stand among the issued ones all the same.
  if (options.out !== undefined) demandWritable(options.out);
  const made = await withNetwork(options, async (app, config) => {
    const claims = await app.doWork(async (work) => {
      const [pack] = await find(work, [code as PackCode]);
      if (!pack) throw new Failed(`There is no pack ${code}`, { code: 1 });
      const estimate = (await newestUntil(work, [{ code: pack.code, at: work.at }])).get(pack.code);
      return estimate && estimate.soh !== null && estimate.sohLower !== null
        ? healthClaims({
            code,
            soh: estimate.soh,
            lower: estimate.sohLower,
            basis: 'estimated',
            measuredAt: estimate.endedAt,
          })
        : healthClaims({ code, soh: pack.soh, lower: pack.soh, basis: 'reported', measuredAt: pack.observedAt });
    });
    if (claims[atLeast(options.atLeast)] !== true)
      throw new Failed(`It cannot be said of ${code} that its state of health is at least ${options.atLeast} %`);
    const key = issuerKey(config.DATA_DIR);
    const [at, random] = [systemClock(), (size: number) => new Uint8Array(randomBytes(size))];
    const until = at.add({ hours: 24 * options.days });
    const entered = { code: code as PackCode, promised: options.atLeast, issuedAt: at, until };
    const idx = await app.doWork((work) => enterCredential(work, entered, random));
    const status = { uri: statusUri(config), idx };
    const holder = options.holder === undefined ? {} : { holder: publicKeyIn(options.holder, '--holder') };
    const signing = { key, issuer: options.issuer, at, until, random, status, ...holder };
    const whole = await issueCredential(claims, signing);
    const credential = options.all
      ? whole
      : presented(whole, ['code', 'basis', 'measured_at', atLeast(options.atLeast)]);
    return { credential, publicKey: issuerKeyFile(config.DATA_DIR), until: until.toString() };
  });
  if (options.out !== undefined) writeFileSync(options.out, `${made.credential}\n`);
  say(options.json === true, made, () =>
    options.out === undefined
      ? made.credential
      : `The credential is in ${options.out}, valid until ${made.until}. Whoever checks it needs ${made.publicKey}: packloop verify credential ${options.out} --key ${made.publicKey}`,
  );
}

interface Check extends Common {
  readonly key: string;
  /** File or address of the issuer's status list. */
  readonly status?: string;
  readonly audience?: string;
  readonly nonce?: string;
}

/** Offline: nothing but the file and the key of the issuer; and the status list, where it is at hand. */
export async function check(file: string, options: Check): Promise<void> {
  const text = textIn(file);
  const key = publicKeyIn(options.key, '--key');
  const list = options.status === undefined ? {} : { statusList: await listAt(options.status) };
  const asked = challengeIn(options);
  try {
    const it = await verifyCredential(text, { key, at: systemClock(), ...list, ...(asked && { challenge: asked }) });
    const { issuer, claims, status, holder, statusAt } = it;
    const facts = {
      holds: true,
      issuer,
      until: it.until.toString(),
      status,
      holder,
      statusAt: statusAt ?? null,
      claims,
    };
    say(options.json === true, facts, () => [
      `Holds: signed by ${issuer}, valid until ${facts.until}`,
      ...Object.entries(claims).map(([name, value]) => `  ${name} = ${value}`),
      {
        'not-revoked': 'Not revoked.',
        none: 'It cannot be revoked.',
        'not-checked': `Status not checked: give --status, the list is at ${statusAt}`,
      }[status],
      {
        proven: 'Whoever shows it has proven that it is his.',
        none: 'Whoever has a copy can show it.',
        'not-checked': 'Whose it is was not checked: give --audience and --nonce',
      }[holder],
    ]);
  } catch (error) {
    throw failureOf(error);
  }
}

/** What a holder shows: some of the claims, and the proof that it is his. */
export function present(
  file: string,
  options: Common & { claims: string; holderKey?: string; audience?: string; nonce?: string; out?: string },
): void {
  try {
    const shown = presented(
      textIn(file),
      options.claims.split(',').map((it) => it.trim()),
    );
    const asked = challengeIn(options);
    if ((asked === undefined) !== (options.holderKey === undefined))
      throw new Failed('A proof takes --holder-key, --audience and --nonce', { code: 2, option: '--holder-key' });
    const whole = asked ? bound(shown, asked, { key: privateKeyIn(options.holderKey!), at: systemClock() }) : shown;
    if (options.out !== undefined) writeFileSync(options.out, `${whole}\n`);
    say(options.json === true, { credential: whole }, () =>
      options.out === undefined ? whole : `It is in ${options.out}.`,
    );
  } catch (error) {
    throw failureOf(error);
  }
}

/** Because its holder asks. */
export async function revoke(file: string, options: Common): Promise<void> {
  const text = textIn(file);
  const revoked = await withNetwork(options, async (app, config) => {
    const key = issuerKeyAt(config.DATA_DIR);
    if (!key) throw new Failed('This network has issued no credential');
    const status = statusIn(text, createPublicKey(key));
    return await app.doWork((work) => revokeCredential(work, status));
  });
  say(options.json === true, { revoked }, () => (revoked ? 'Revoked.' : 'It was revoked before.'));
}

/** The status list as the server shows it, for whoever carries it to a place without a network. */
export async function writeStatus(options: Common & { out: string }): Promise<void> {
  const list = await withNetwork(options, async (app, config) => {
    const key = issuerKeyAt(config.DATA_DIR);
    if (!key) throw new Failed('This network has issued no credential');
    const revoked = await app.doWork(revokedPlaces);
    return { list: statusList(revoked, { key, uri: statusUri(config), at: systemClock() }), revoked: revoked.length };
  });
  writeFileSync(options.out, `${list.list}\n`);
  say(
    options.json === true,
    { out: options.out, revoked: list.revoked },
    () => `${list.revoked} are revoked: ${options.out}`,
  );
}

function statusIn(text: string, key: KeyObject): number {
  try {
    const status = statusOf(text, key);
    if (status) return status.idx;
  } catch (error) {
    throw failureOf(error);
  }
  throw new Failed('It cannot be revoked: it was issued before there was a list');
}

const failureOf = (error: unknown): unknown =>
  error instanceof NotCredible
    ? new Failed(`Does not hold (${error.reason}): ${error.message}`, { holds: false, reason: error.reason })
    : error;

/** @throws Failed when only half of it is given */
function challengeIn({ audience, nonce }: { audience?: string; nonce?: string }): Challenge | undefined {
  if (audience !== undefined && nonce !== undefined) return { audience, nonce };
  if (audience !== undefined || nonce !== undefined)
    throw new Failed('--audience and --nonce belong together', { code: 2, option: '--nonce' });
  return undefined;
}

async function listAt(place: string): Promise<string> {
  if (!/^https?:/.test(place)) return textIn(place);
  const reply = await fetch(place).catch((error: Error) => {
    throw new Failed(`${place}: ${error.message}`);
  });
  if (!reply.ok) throw new Failed(`${place} answers ${reply.status}`);
  return await reply.text();
}

function publicKeyIn(file: string, option: string): KeyObject {
  const text = textIn(file);
  // Node would take the public half of it and say nothing; its owner is about to hand out his secret.
  if (text.includes('PRIVATE KEY'))
    throw new Failed(`${file}: this is a private key, and it stays with its owner: give the public half`, {
      code: 2,
      option,
    });
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // as any other file
  }
  throw new Failed(`${file}: this is no public Ed25519 key in PEM`, { code: 2, option });
}

function privateKeyIn(file: string): KeyObject {
  const text = textIn(file);
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // as any other file
  }
  throw new Failed(`${file}: this is no private Ed25519 key in PEM`, { code: 2, option: '--holder-key' });
}
