// The key that signs credentials, beside the data: made when it is first needed.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { makeFolder } from './folder.ts';
import { STATUS_PATH } from './passport/statusRoute.ts';

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

/** Where the status list of this network is: by its public address if it has one. */
export const statusUri = ({ PUBLIC_URL, PORT }: Pick<Config, 'PUBLIC_URL' | 'PORT'>): string =>
  `${(PUBLIC_URL ?? `http://127.0.0.1:${PORT}`).replace(/\/$/, '')}${STATUS_PATH}`;
