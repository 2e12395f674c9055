// As whom parties appear on the chain: named ones as they wish, all others from a secret of the network's own, made at first use.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AddressOf } from '#record/chain';
import { makeFolder } from './folder.ts';

/** @param named party id to address @throws Error when the file is damaged */
export async function addressesIn(file: string, named: Readonly<Record<string, string>>): Promise<AddressOf> {
  if (!existsSync(file)) {
    makeFolder(dirname(file), 0o700);
    const secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} is damaged: 64 hexadecimal digits are needed`);
  const { addressBook } = await import('#record/chain');
  return addressBook(Uint8Array.fromHex(text), named);
}
