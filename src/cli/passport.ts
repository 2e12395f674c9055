// packloop passport credential, packloop verify credential: what a holder may show of a pack's health, and nothing else.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newestUntil } from '#health';
import { find } from '#pack';
import { type PackCode, systemClock } from '#units';
import { makeFolder } from '../folder.ts';
import {
  atLeast,
  healthClaims,
  isStep,
  issueCredential,
  NotCredible,
  presented,
  verifyCredential,
} from '../passport/credential.ts';
import { type Common, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';

interface Issue extends Common {
  readonly atLeast: number;
  readonly out?: string;
  readonly days: number;
  readonly issuer: string;
  /** With all that it says, for the holder. */
  readonly all?: true;
}

export async function issue(code: string, options: Issue): Promise<void> {
  if (!isStep(options.atLeast))
    throw new Failed(`--at-least ${options.atLeast}: 50 to 95 in steps of 5`, { code: 2, option: '--at-least' });
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
    const key = signingKey(config.DATA_DIR);
    const [at, random] = [systemClock(), (size: number) => new Uint8Array(randomBytes(size))];
    const until = at.add({ hours: 24 * options.days });
    const whole = await issueCredential(claims, { key, issuer: options.issuer, at, until, random });
    const credential = options.all
      ? whole
      : presented(whole, ['code', 'basis', 'measured_at', atLeast(options.atLeast)]);
    return { credential, publicKey: join(config.DATA_DIR, 'passport.pub'), until: until.toString() };
  });
  if (options.out !== undefined) writeFileSync(options.out, `${made.credential}\n`);
  say(options.json === true, made, () =>
    options.out === undefined
      ? made.credential
      : `The credential is in ${options.out}, valid until ${made.until}. Whoever checks it needs ${made.publicKey}: packloop verify credential ${options.out} --key ${made.publicKey}`,
  );
}

/** Offline: nothing but the file and the key of the issuer. */
export async function check(file: string, options: Common & { readonly key: string }): Promise<void> {
  const text = textIn(file);
  const key = publicKeyIn(options.key);
  try {
    const it = await verifyCredential(text, { key, at: systemClock() });
    const facts = { holds: true, issuer: it.issuer, until: it.until.toString(), claims: it.claims };
    say(options.json === true, facts, () =>
      [
        `Holds: signed by ${it.issuer}, valid until ${facts.until}`,
        ...Object.entries(it.claims).map(([name, value]) => `  ${name} = ${value}`),
      ].join('\n'),
    );
  } catch (error) {
    if (!(error instanceof NotCredible)) throw error;
    throw new Failed(`Does not hold (${error.reason}): ${error.message}`, { holds: false, reason: error.reason });
  }
}

/** Made when it is first needed; the public half lies beside it, for whoever checks. */
function signingKey(home: string): KeyObject {
  const file = join(home, 'passport.key');
  if (!existsSync(file)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    makeFolder(home, 0o700);
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    writeFileSync(join(home, 'passport.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  }
  return createPrivateKey(readFileSync(file));
}

function textIn(file: string): string {
  if (!existsSync(file)) throw new Failed(`There is no file ${file}`, { code: 2 });
  return readFileSync(file, 'utf8');
}

function publicKeyIn(file: string): KeyObject {
  const text = textIn(file);
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // as any other file
  }
  throw new Failed(`${file}: this is no public Ed25519 key in PEM`, { code: 2, option: '--key' });
}
