// The key that signs credentials, beside the data: made when it is first needed.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATUS_PATH } from '#passport/api';
import type { Config } from './config.ts';
import { makeFolder } from './folder.ts';

const fileIn = (home: string): string => join(home, 'passport.key');

/** The public half, for whoever checks. */
export const issuerKeyFile = (home: string): string => join(home, 'passport.pub');

/** @returns undefined where nothing was ever issued */
export const issuerKeyAt = (home: string): KeyObject | undefined =>
  existsSync(fileIn(home)) ? createPrivateKey(readFileSync(fileIn(home))) : undefined;

export function issuerKey(home: string): KeyObject {
  const known = issuerKeyAt(home);
  if (known) return known;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  makeFolder(home, 0o700);
  writeFileSync(fileIn(home), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  writeFileSync(issuerKeyFile(home), publicKey.export({ type: 'spki', format: 'pem' }));
  return privateKey;
}

const addressFile = (home: string): string => join(home, 'address');

/** Where the network answered last, for commands beside it that are not told. */
export function rememberAddress(home: string, url: string): void {
  makeFolder(home, 0o700);
  writeFileSync(addressFile(home), `${url}\n`);
}

/** Where the status list of this network is: by its public address if it has one, else where it answered last. */
export function statusUri({ PUBLIC_URL, PORT, DATA_DIR }: Pick<Config, 'PUBLIC_URL' | 'PORT' | 'DATA_DIR'>): string {
  const file = addressFile(DATA_DIR);
  const last = existsSync(file) ? readFileSync(file, 'utf8').trim() : `http://127.0.0.1:${PORT}`;
  return `${(PUBLIC_URL ?? last).replace(/\/$/, '')}${STATUS_PATH}`;
}
