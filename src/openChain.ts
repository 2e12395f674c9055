// The chain beside a running network: the notary anchors the log there, the mirror of title is kept in step. Two loops of their own,
// which nothing waits for: a chain that is dead, slow or lying is told of, and that is all it can do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { DoWork } from '#kernel';
import type { Keeper } from '#record';
import type { ChainStanding } from '#record/api';
import type { Deployment, Notary } from '#record/chain';
import { anomaly } from '#station';
import type { Seen } from './auditChain.ts';
import { addressesIn } from './chainAddresses.ts';
import { ConfigWrong } from './config.ts';
import { mirrorTitle, type Tell, type Title } from './mirrorTitle.ts';
import type { AppConfig } from './world.ts';

type ChainConfig = Pick<AppConfig, 'CHAIN_RPC' | 'CHAIN_DEPLOYMENT' | 'CHAIN_KEY' | 'DATA_DIR'>;

interface Place {
  readonly config: ChainConfig;
  readonly doWork: DoWork;
  readonly keeper: Keeper;
  readonly log: FastifyBaseLogger;
  readonly pace?: ChainPace;
}

/** In milliseconds: between two anchors, two looks at the log on the chain, two at title. */
export interface ChainPace {
  readonly anchorMs?: number;
  readonly lookMs?: number;
  readonly titleMs?: number;
  /** For each request to the chain. */
  readonly timeoutMs?: number;
}

export interface OpenChain {
  standing(): ChainStanding;
  /** What the last look at the chain saw: for an audit, which waits for no chain. */
  seen(): Seen;
  end(): Promise<void>;
}

const TITLE_MS = 300_000;
/** A look at the chain takes no longer. */
const TIMEOUT_MS = 10_000;

/** Starts both loops; no answer of the chain is waited for. @returns nothing when no chain is configured @throws ConfigWrong */
export async function openChainOf({ config, doWork, keeper, log, pace = {} }: Place): Promise<OpenChain | undefined> {
  const { CHAIN_RPC: rpc, CHAIN_DEPLOYMENT: file, DATA_DIR, CHAIN_KEY = join(DATA_DIR, 'chain.key') } = config;
  if (rpc === undefined || file === undefined) return undefined;
  // Its library is loaded only where there is a chain.
  const { onRightChain, openChain, openNotary, readDeployment, readKeyFile, startsWith } = await import(
    '#record/chain'
  );
  const read = <T>(variable: string, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw new ConfigWrong(`${variable}: ${(error as Error).message}`);
    }
  };
  const deployment = read('CHAIN_DEPLOYMENT', () => readDeployment(readFileSync(file, 'utf8'), file));
  const sender = read('CHAIN_KEY', () => readKeyFile(CHAIN_KEY));
  const addressOf = await addressesIn(join(DATA_DIR, 'chain.addresses.key'), {}).catch((error: Error) => {
    throw new ConfigWrong(`DATA_DIR: ${error.message}`);
  });
  const { chainId } = deployment;
  const chain = openChain({ rpc, sender, chainId, timeoutMs: pace.timeoutMs ?? TIMEOUT_MS });

  const { origin } = keeper.house;
  const tell: Tell = (sentence, facts) => {
    log.error(facts, sentence);
    const about = typeof facts.about === 'string' ? facts.about : '';
    void doWork((work) => anomaly(work, [{ stationId: '', kind: 'chain-differs', about, sentence, facts }])).catch(
      (error) => log.error(error, 'an alarm of the chain could not be written down'),
    );
  };
  const source = { origin, newest: () => keeper.newest(), startsWith: startsWith(keeper.files) };
  const notary = openNotary(
    source,
    { chain, address: deployment.anchor },
    {
      now: () => performance.now(),
      isRight: () => onRightChain(chain, deployment),
      ...(pace.anchorMs !== undefined && { everyMs: pace.anchorMs }),
      ...(pace.lookMs !== undefined && { lookMs: pace.lookMs }),
      alarm: ({ kind, ours, chain: there }) => {
        const sentence = `The chain knows another history of the log: ${there.size} entries since block ${there.blockNumber}, ours has ${ours.size}`;
        tell(sentence, { kind, size: ours.size, chainSize: there.size, block: Number(there.blockNumber) });
      },
    },
  );
  notary.run();
  const title = mirrorTitle({ chain, deployment, origin, addressOf, doWork, tell, everyMs: pace.titleMs ?? TITLE_MS });
  return {
    standing: () => standingOf(deployment, notary, title.last()),
    seen: () => ({ look: title.look(), addressOf }),
    async end() {
      await Promise.all([notary.end(), title.end()]);
    },
  };
}

const standingOf = ({ chainId }: Deployment, notary: Notary, title: Title): ChainStanding => ({
  chainId,
  anchored: notary.anchored ? { size: notary.anchored.size, block: Number(notary.anchored.blockNumber) } : null,
  alarm: notary.evidence?.kind ?? null,
  problem: notary.problem ?? null,
  title,
});

/** As `CHAIN_RPC` and `CHAIN_DEPLOYMENT` name it; and whose addresses are known. */
export interface ChainToAsk {
  readonly rpc: string;
  /** What `packloop chain deploy` wrote. */
  readonly file: string;
  /** Address by party id, of those who have one of their own. */
  readonly named?: Readonly<Record<string, string>>;
}

/** Reads a chain once, for an audit without a running server. Needs no key. @throws ChainTrouble `wrong-file`; Error */
export async function lookOnce({ rpc, file, named = {} }: ChainToAsk, dataDir: string, origin: string): Promise<Seen> {
  const { lookAt, openChain, readDeployment } = await import('#record/chain');
  const deployment = readDeployment(readFileSync(file, 'utf8'), file);
  const addressOf = await addressesIn(join(dataDir, 'chain.addresses.key'), named);
  return { look: await lookAt(openChain({ rpc, timeoutMs: TIMEOUT_MS }), deployment, origin), addressOf };
}
