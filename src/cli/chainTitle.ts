// packloop chain title: the register of who owns which share, mirrored on the chain; with --check only compared.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { list, ownersOf } from '#pack';
import { type AddressOf, addressBook, bringIntoStep, compare, type Difference, type Register } from '#record/chain';
import { makeFolder } from '../folder.ts';
import { contractsOn, fileAtHome, readingChain, type Signing, signingChain, told } from './chain.ts';
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
    const addressOf = addresses(options.addresses);
    const register = await registerOf(options);
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

/** All packs of the network, page by page, as of one moment. */
const registerOf = (options: Options): Promise<Register> =>
  withNetwork(options, (app) =>
    app.doWork(async (work) => {
      const register = new Map<string, readonly { holder: string; millionths: number }[]>();
      for (let after = ''; ; ) {
        const page = (await list(work, after, 5000)).map((it) => it.code);
        const owners = await ownersOf(work, page);
        for (const code of page)
          register.set(
            code,
            (owners.get(code) ?? []).map((it) => ({ holder: it.party, millionths: it.millionths })),
          );
        const last = page.at(-1);
        if (last === undefined) return register;
        after = last;
      }
    }),
  );

/** Named by a file; all others made from a secret of the network's own, which is made at first use. */
function addresses(named: string | undefined): AddressOf {
  const file = fileAtHome('chain.addresses.key');
  if (!existsSync(file)) {
    makeFolder(dirname(file), 0o700);
    const secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Failed(`${file} is damaged: 64 hexadecimal digits are needed`, { code: 2 });
  return addressBook(Uint8Array.fromHex(text), named === undefined ? {} : namedIn(resolve(named)));
}

function namedIn(file: string): Record<string, string> {
  try {
    const it = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    if (typeof it === 'object' && it !== null && Object.values(it).every((at) => typeof at === 'string')) return it;
  } catch {
    // said below
  }
  throw new Failed(`${file}: a JSON object of party ids and addresses is needed`, { code: 2, option: '--addresses' });
}
