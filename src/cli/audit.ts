import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Audit } from '../audit.ts';
import type { Config } from '../config.ts';
import type { ChainToAsk } from '../openChain.ts';
import { fileAtHome, namedIn, rpcIn, told } from './chain.ts';
import { type Common, withNetwork } from './open.ts';
import { Failed, say } from './say.ts';

interface Options extends Common {
  readonly rpc?: string;
  readonly contracts?: string;
  /** JSON: party id to address. */
  readonly addresses?: string;
}

/** Checks every invariant and prints what was found. Exit 1 when something was; 3 when only the chain could not be asked. */
export async function auditNow(options: Options): Promise<void> {
  const audit = await told(() =>
    withNetwork(options, (app, config) => app.audit('command line', chainIn(options, config))),
  );
  say(options.json === true, audit, () => report(audit));
  if (!audit.clean) process.exitCode = 1;
  else if (audit.chain?.state === 'unreachable') process.exitCode = 3;
}

/** @throws Failed when a chain is named, and not what was put there */
function chainIn({ rpc, contracts, addresses }: Options, config: Config): ChainToAsk | undefined {
  const where = rpc ?? config.CHAIN_RPC;
  if (where === undefined) return undefined;
  const file = contracts ? resolve(contracts) : (config.CHAIN_DEPLOYMENT ?? fileAtHome('chain.json'));
  if (!existsSync(file)) {
    // An address alone, as the environment has it for other commands, is no wish to be audited.
    if (rpc === undefined && contracts === undefined && config.CHAIN_DEPLOYMENT === undefined) return undefined;
    throw new Failed(`There is no file ${file}: packloop chain deploy writes it`, { code: 2, option: '--contracts' });
  }
  return { rpc: rpcIn(where), file, ...(addresses !== undefined && { named: namedIn(resolve(addresses)) }) };
}

/** What the audit knows of the chain, in a sentence or two. */
function chainSaid(chain: Audit['chain']): string[] {
  switch (chain?.state) {
    case 'unreachable':
      return [`The chain was not judged (${chain.reason}): ${chain.sentence}.`];
    case 'other':
      return [`The chain was not read: ${chain.sentence}.`];
    case 'seen': {
      const { block, packs, anchors, pending, pendingMany, strayed, strayedMany } = chain;
      const some = (all: readonly { pack: string }[], many: number) =>
        `${all
          .slice(0, 5)
          .map((it) => it.pack)
          .join(', ')}${many > 5 ? ', …' : ''}`;
      return [
        `The chain was read as of block ${block}: ${packs} packs, ${anchors} anchors.`,
        ...(pendingMany > 0
          ? [
              `${pendingMany} packs wait for the chain to follow, since ${pending[0]!.since}: ${some(pending, pendingMany)}`,
            ]
          : []),
        ...(strayedMany > 0
          ? [
              `${strayedMany} packs showed something else there once, and are right again: ${some(strayed, strayedMany)}`,
            ]
          : []),
      ];
    }
    default:
      return ['No chain is configured: whether one says the same was not asked.'];
  }
}

function report({ findings, tookMs, chain }: Audit): string {
  const broken = findings.filter((it) => it.violations.length > 0);
  const lines = findings.map(({ id, sentence, violations }) => {
    const shown = violations.slice(0, 5).map((it) => `      ${JSON.stringify(it)}`);
    const more =
      violations.length > 5 ? [`      … ${violations.length >= 20 ? '20 or more' : violations.length} in all`] : [];
    return [`${violations.length === 0 ? '  ok  ' : 'BROKEN'}  ${id.padEnd(34)} ${sentence}`, ...shown, ...more].join(
      '\n',
    );
  });
  const end =
    broken.length === 0
      ? `All ${findings.length} invariants hold (${tookMs} ms).`
      : `${broken.length} of ${findings.length} invariants are broken (${tookMs} ms).`;
  return [...lines, ...chainSaid(chain), end].join('\n');
}
