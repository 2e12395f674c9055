// As whom a party appears on the chain. A party that wants to show its shares by a key of its own names its address; every other one
// gets an address that nobody has the key of. None is needed: a holder moves nothing there.
import { createHmac } from 'node:crypto';
import { type Address, getAddress, isAddress } from 'viem';
import { ChainTrouble } from './problem.ts';
import type { AddressOf } from './register.ts';

/**
 * An address that is made is the HMAC-SHA256 of the party's id under a secret of the network. So nobody who only sees the chain can try
 * ids until one fits, and who forgets the secret has forgotten who was who.
 * @param named by party id
 * @throws ChainTrouble `wrong-file` for an address that is none
 */
export function addressBook(secret: Uint8Array, named: Readonly<Record<string, string>> = {}): AddressOf {
  const known = new Map<string, Address>();
  for (const [holder, address] of Object.entries(named)) {
    if (!isAddress(address)) throw new ChainTrouble('wrong-file', `The address of ${holder}, "${address}", is none`);
    known.set(holder, getAddress(address));
  }
  return (holder) => {
    const address = known.get(holder) ?? made(secret, holder);
    known.set(holder, address);
    return address;
  };
}

const made = (secret: Uint8Array, holder: string): Address =>
  getAddress(`0x${createHmac('sha256', secret).update(`packloop/title/${holder}`).digest('hex').slice(0, 40)}`);
