// Files of secret keys: one line each, and nobody else can read them.
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { newKey, readPrivateKey, type SigningKey, verifierKey } from '#record/log';
import { asked, textIn } from './files.ts';
import { Failed } from './say.ts';

export interface Making {
  readonly name: string;
  readonly out: string;
  /** SM2 with SM3 instead of Ed25519. */
  readonly sm2?: boolean | undefined;
}

/** Makes a key and its file, mode 600. @returns the verifier key @throws Failed when the file is there already, or by a name that is none */
export async function keyFile({ name, out, sm2 = false }: Making): Promise<string> {
  if (existsSync(out)) throw new Failed(`${out} is there: a key is never written over`, { code: 2, option: '--out' });
  const { key, line } = await asked(() => newKey(name, sm2 ? 'sm2' : 'ed25519'));
  writeFileSync(out, `${line}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return await verifierKey(key, 'note');
}

/** @throws Failed when the file is none of a key, or others may read it */
export async function keyIn(file: string): Promise<SigningKey> {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new Failed(`${file} may be read by others: chmod 600`, { code: 2, option: '--key-file' });
  return await asked(() => readPrivateKey(textIn(file).trim()));
}
