// The chain beside a running network: the notary anchors the log there, the mirror of title is kept in step. Two loops of their own,
// which nothing waits for: a chain that is dead, slow or lying is told of, and that is all it can do.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { check, type DoWork, type Work } from '#kernel';
import { list, ownersOf } from '#pack';
import type { Keeper } from '#record';
import type { ChainStanding } from '#record/api';
import type { AddressOf, Deployment, Look, Notary, Register } from '#record/chain';
import { anomaly } from '#station';
import { checkChain, type Seen } from './auditChain.ts';
import { addressesIn } from './chainAddresses.ts';
import { ConfigWrong } from './config.ts';
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
  const title = mirrorOf({ chain, deployment, origin, addressOf, doWork, tell, everyMs: pace.titleMs ?? TITLE_MS });
  return {
    standing: () => standingOf(deployment, notary, title.last()),
    seen: () => ({ look: title.look(), addressOf }),
    async end() {
      await Promise.all([notary.end(), title.end()]);
    },
  };
}

type Title = NonNullable<ChainStanding['title']>;

/** An alarm: kept, and shown to who may see it. */
type Tell = (sentence: string, facts: Readonly<Record<string, unknown>>) => void;

interface Mirroring {
  readonly chain: Parameters<typeof import('#record/chain').compare>[0]['chain'];
  readonly deployment: Deployment;
  /** Of the log. */
  readonly origin: string;
  readonly addressOf: AddressOf;
  readonly doWork: DoWork;
  readonly tell: Tell;
  readonly everyMs: number;
}

/**
 * Keeps title on the chain in step with the register: looks what stands there, tells what is wrong of it, sends what is missing, looks
 * again. What somebody moved behind our back is told before it is put right.
 */
function mirrorOf({ chain, deployment, origin, addressOf, doWork, tell, everyMs }: Mirroring) {
  const ended = new AbortController();
  let last: Title = { at: null, packs: 0, differences: [], held: 0, problem: null };
  let seen: Look = { state: 'unreachable', reason: 'not-yet', sentence: 'Nobody has looked at the chain yet' };
  let told = new Map<string, string>();
  const look = async (): Promise<void> => {
    const { bringIntoStep, ChainTrouble, lookAt } = await import('#record/chain');
    seen = await lookAt(chain, deployment, origin);
    const wrong = await doWork((work) => wrongIn(work, { look: seen, addressOf }));
    // Each by itself, for one must not hide another; the same once only, until it is right again.
    for (const it of wrong)
      if (told.get(it.about) !== it.why) tell(`The chain is not as it must be: ${it.why}`.slice(0, 500), { ...it });
    told = new Map(wrong.map((it) => [it.about, it.why]));
    if (seen.state === 'unreachable') throw new ChainTrouble('unreachable', seen.sentence);
    if (seen.state === 'other') throw new ChainTrouble('no-contract', seen.sentence);
    const { register, at } = await doWork(async (work) => ({ register: await registerOf(work), at: work.at }));
    const contract = { chain, address: deployment.packShares };
    const it = await bringIntoStep(contract, register, addressOf);
    const { differences, held } = it;
    const off = differences.slice(0, 20).map((it) => ({ ...it, holder: it.holder ?? null }));
    last = { at, packs: register.size, differences: off, held: held.length, problem: null };
    if (it.entered + it.settled + it.retired > 0) seen = await lookAt(chain, deployment, origin);
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
    look: () => seen,
    async end() {
      ended.abort();
      // A chain that hangs in the middle of a transaction must not hold up the end of the server.
      await Promise.race([running, pause(TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}

/** What an audit would find of it now, invariant by invariant. */
interface Wrong {
  /** Of an invariant. */
  readonly id: string;
  readonly about: string;
  readonly why: string;
}

async function wrongIn(work: Work, seen: Seen): Promise<Wrong[]> {
  const { invariants } = await checkChain(work, seen);
  const broken = (await check(work, invariants)).filter((it) => it.violations.length > 0);
  return broken.flatMap(({ id, violations }) => {
    // A share that moved is missing at one and too much at another: one line.
    const byThing = Map.groupBy(violations as readonly Row[], (it) => String(it.pack ?? it.address ?? it.size ?? ''));
    return [...byThing].map(([thing, rows]) => ({
      ...{ id, about: `${id} ${thing}`.trim() },
      why: rows.map(saidOf).join('; '),
    }));
  });
}

function saidOf({ pack, address, size, register, chain, why }: Row): string {
  const what = [pack, address, size && `tree ${size}`].filter(Boolean).join(' ');
  const how = why ?? `${chain} instead of ${register}`;
  return what ? `${what}: ${how}` : String(how);
}

type Row = Readonly<Record<string, unknown>>;

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
