// packloop chain title: the register of who owns which share, mirrored on the chain; with --check only compared.
import { resolve } from 'node:path';
import { type AddressOf, bringIntoStep, compare, type Difference, type Register } from '#record/chain';
import { addressesIn } from '../chainAddresses.ts';
import { registerOf } from '../mirrorTitle.ts';
import { contractsOn, fileAtHome, namedIn, readingChain, type Signing, signingChain, told } from './chain.ts';
import { withNetwork } from './open.ts';
import { Failed, say } from './say.ts';

interface Options extends Signing {
  readonly check?: true;
  /** JSON: party id to address. */
  readonly addresses?: string;
}

export async function mirrorTitle(options: Options): Promise<void> {
  const { json, check } = options;
  await told(async () => {
    const addressOf = await addresses(options.addresses);
    const register = await registerNow(options);
    const chain = check ? readingChain(options) : await signingChain(options);
    const contract = { chain, address: (await contractsOn(chain, options)).packShares };
    const packs = register.size;
    if (check) {
      const found = await compare(contract, register, addressOf);
      if (found.length > 0) throw differ(found);
      return say(
        json === true,
        { packs, differences: [] },
        `The chain says of all ${packs} packs what the register says.`,
      );
    }
    const it = await bringIntoStep(contract, register, addressOf);
    const { entered, settled, retired, held, gas } = it;
    const facts = { packs, entered, settled, retired, held, gas: Number(gas), differences: it.differences };
    if (it.differences.length > 0) throw differ(it.differences, held);
    say(json === true, facts, () =>
      [
        `The chain says of all ${packs} packs what the register says:`,
        `${entered} entered, ${settled} changed hands, ${retired} retired, for ${gas} gas.`,
      ].join(' '),
    );
  });
}

function differ(differences: readonly Difference[], held: readonly { pack: string; because: string }[] = []): Failed {
  const lines = differences
    .slice(0, 10)
    .map((it) => `  ${it.pack} ${it.holder ?? it.address}: register ${it.register}, chain ${it.chain}`);
  const why = held.slice(0, 10).map((it) => `  ${it.pack}: ${it.because}`);
  const text = [`${differences.length} shares differ between register and chain`, ...lines, ...why].join('\n');
  return new Failed(text, { code: 1, differences, held });
}

const registerNow = (options: Options): Promise<Register> =>
  withNetwork(options, (app) => app.doWork((work) => registerOf(work)));

/** @throws Failed */
async function addresses(named: string | undefined): Promise<AddressOf> {
  const given = named === undefined ? {} : namedIn(resolve(named));
  return await addressesIn(fileAtHome('chain.addresses.key'), given).catch((error: Error) => {
    throw error.name === 'Error' ? new Failed(error.message, { code: 2 }) : error;
  });
}
