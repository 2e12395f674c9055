// The chain beside a running network: the notary anchors the log there, the mirror of title is kept in step. Two loops of their own,
// which nothing waits for: a chain that is dead, slow or lying is told of, and that is all it can do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { DoWork, Work } from '#kernel';
import { list, ownersOf } from '#pack';
import type { Keeper } from '#record';
import type { ChainStanding } from '#record/api';
import type { AddressOf, Deployment, Notary, Register } from '#record/chain';
import { anomaly } from '#station';
import type { AppConfig } from './app.ts';
import { addressesIn } from './chainAddresses.ts';
import { ConfigWrong } from './config.ts';

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
}

export interface OpenChain {
  standing(): ChainStanding;
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
  const { openChain, openNotary, readDeployment, readKeyFile, startsWith } = await import('#record/chain');
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
  const chain = openChain({ rpc, sender, timeoutMs: TIMEOUT_MS });

  const source = { origin: keeper.house.origin, newest: () => keeper.newest(), startsWith: startsWith(keeper.files) };
  const notary = openNotary(
    source,
    { chain, address: deployment.anchor },
    {
      now: () => performance.now(),
      ...(pace.anchorMs !== undefined && { everyMs: pace.anchorMs }),
      ...(pace.lookMs !== undefined && { lookMs: pace.lookMs }),
      alarm: ({ kind, ours, chain: there }) => {
        const sentence = `The chain knows another history of the log: ${there.size} entries since block ${there.blockNumber}, ours has ${ours.size}`;
        log.error({ kind, ours: ours.size, chain: there.size }, sentence);
        const facts = { kind, size: ours.size, chainSize: there.size, block: Number(there.blockNumber) };
        void doWork((work) => anomaly(work, [{ stationId: '', kind: 'chain-differs', sentence, facts }])).catch(
          (error) => log.error(error, 'an alarm of the chain could not be written down'),
        );
      },
    },
  );
  notary.run();
  const title = mirrorOf({ chain, deployment, addressOf, doWork, everyMs: pace.titleMs ?? TITLE_MS });
  return {
    standing: () => standingOf(deployment, notary, title.last()),
    async end() {
      await Promise.all([notary.end(), title.end()]);
    },
  };
}

type Title = NonNullable<ChainStanding['title']>;

interface Mirroring {
  readonly chain: Parameters<typeof import('#record/chain').compare>[0]['chain'];
  readonly deployment: Deployment;
  readonly addressOf: AddressOf;
  readonly doWork: DoWork;
  readonly everyMs: number;
}

/** Keeps title on the chain in step with the register: reads, sends what is missing, reads again. */
function mirrorOf({ chain, deployment, addressOf, doWork, everyMs }: Mirroring) {
  const ended = new AbortController();
  let last: Title = { at: null, packs: 0, differences: [], held: 0, problem: null };
  const look = async (): Promise<void> => {
    const { bringIntoStep, onRightChain } = await import('#record/chain');
    await onRightChain(chain, deployment);
    const { register, at } = await doWork(async (work) => ({ register: await registerOf(work), at: work.at }));
    const contract = { chain, address: deployment.packShares };
    const { differences, held } = await bringIntoStep(contract, register, addressOf);
    const told = differences.slice(0, 20).map((it) => ({ ...it, holder: it.holder ?? null }));
    last = { at, packs: register.size, differences: told, held: held.length, problem: null };
  };
  const run = async (): Promise<void> => {
    for (let failures = 0; !ended.signal.aborted; ) {
      try {
        await look();
        failures = 0;
      } catch (error) {
        // What it said last may not hold any more: not checkable is not the same as broken.
        last = { ...last, problem: (error as Error).message };
        failures += 1;
      }
      const ms = failures === 0 ? everyMs : Math.min(everyMs, 5_000 * 2 ** Math.min(failures, 6));
      await pause(ms, undefined, { signal: ended.signal, ref: false }).catch(() => {});
    }
  };
  const running = run();
  return {
    last: () => last,
    async end() {
      ended.abort();
      // A chain that hangs in the middle of a transaction must not hold up the end of the server.
      await Promise.race([running, pause(TIMEOUT_MS, undefined, { ref: false })]);
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

/** All packs of the network, page by page, as of one moment. */
export async function registerOf(work: Work): Promise<Register> {
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
}
