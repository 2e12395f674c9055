// A new key: its secret half goes into a file that nobody else can read, its public half to whoever asked.
import { existsSync, writeFileSync } from 'node:fs';
import { newKey, verifierKey } from '#record/log';
import { Failed } from './say.ts';

export interface Making {
  readonly name: string;
  readonly out: string;
  /** SM2 with SM3 instead of Ed25519. */
  readonly sm2?: boolean | undefined;
}

/** @returns the verifier key @throws Failed when the file is there already; Unproven `malformed-key` by a name that is none */
export async function keyFile({ name, out, sm2 = false }: Making): Promise<string> {
  if (existsSync(out)) throw new Failed(`${out} is there: a key is never written over`, { code: 2, option: '--out' });
  const { key, line } = await newKey(name, sm2 ? 'sm2' : 'ed25519');
  writeFileSync(out, `${line}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return await verifierKey(key, 'note');
}
