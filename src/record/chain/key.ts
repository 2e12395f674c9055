// The key that signs transactions: a file of one line that only its owner may read. It is never an argument and never shown.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { bytesToHex, type Hex } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { ChainTrouble } from './problem.ts';

/** Makes a key file. @param random 32 bytes that nobody else knows @throws Error when the file is there */
export function makeKeyFile(file: string, random: Uint8Array): PrivateKeyAccount {
  const key = bytesToHex(random);
  const account = accountOf(file, key);
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return account;
}

/** @throws ChainTrouble `wrong-key`, without any of the file's content */
export function readKeyFile(file: string): PrivateKeyAccount {
  const no = (why: string) => new ChainTrouble('wrong-key', `${file} ${why}`);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw no('is no file');
  // On Windows the bits say nothing.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw no(`may be read by others (mode ${(found.mode & 0o777).toString(8)}): chmod 600`);
  if (found.size > 100) throw no('is no key file: one line 0x and 64 hexadecimal digits');
  return accountOf(file, readFileSync(file, 'utf8').trim());
}

function accountOf(file: string, text: string): PrivateKeyAccount {
  try {
    if (!/^0x[0-9a-f]{64}$/i.test(text)) throw new Error();
    return privateKeyToAccount(text as Hex);
  } catch {
    throw new ChainTrouble('wrong-key', `${file} is no key file: one line 0x and 64 hexadecimal digits`);
  }
}
