// The contracts, compiled from their source when they are deployed: what runs on a chain is what can be read in `contracts/`, and no
// artefact lies about that could be another one.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Abi, Hex } from 'viem';

export interface Compiled {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

interface SolcAnswer {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { readonly abi: Abi; readonly evm: { bytecode: { object: string } } }>>>
  >;
}

interface Solc {
  compile(input: string, callbacks: { import(path: string): { contents: string } | { error: string } }): string;
}

const FOLDER = join(import.meta.dirname, '../../../contracts');

/**
 * Consortium chains lag behind: the anchor is compiled for machines of 2021 (no PUSH0). OpenZeppelin's arrays need the `mcopy` of 2024.
 */
const MACHINES = { Anchor: 'london', PackShares: 'cancun' } as const;

/** Takes a second or several: the compiler is WebAssembly. @throws Error with the compiler's words */
export async function compile(name: keyof typeof MACHINES): Promise<Compiled> {
  const { default: solc } = (await import('solc')) as unknown as { default: Solc };
  const file = `${name}.sol`;
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: readFileSync(join(FOLDER, file), 'utf8') } },
    settings: {
      optimizer: { enabled: true, runs: 1_000_000 },
      evmVersion: MACHINES[name],
      // Without the hash of the metadata the same source gives the same bytes wherever it lies.
      metadata: { bytecodeHash: 'none' },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  };
  const answer = JSON.parse(solc.compile(JSON.stringify(input), { import: imported })) as SolcAnswer;
  const wrong = answer.errors?.filter((it) => it.severity === 'error') ?? [];
  const made = answer.contracts?.[file]?.[name];
  if (wrong.length > 0 || made === undefined)
    throw new Error(`${file} does not compile: ${wrong.map((it) => it.formattedMessage).join('\n')}`);
  return { abi: made.abi, bytecode: `0x${made.evm.bytecode.object}` };
}

const libraries = dirname(fileURLToPath(import.meta.resolve('@openzeppelin/contracts/package.json')));

function imported(path: string): { contents: string } | { error: string } {
  const prefix = '@openzeppelin/contracts/';
  if (!path.startsWith(prefix)) return { error: `${path}: only OpenZeppelin is imported` };
  return { contents: readFileSync(join(libraries, path.slice(prefix.length)), 'utf8') };
}
