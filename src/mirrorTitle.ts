// Title on the chain kept in step with the register of a running network; what is wrong there is told before it is put right.
import { setTimeout as pause } from 'node:timers/promises';
import { check, type DoWork, type Work } from '#kernel';
import { list, ownersOf } from '#pack';
import type { ChainStanding } from '#record/api';
import type { AddressOf, Deployment, Look, Register } from '#record/chain';
import { checkChain, type Seen } from './auditChain.ts';

export type Title = NonNullable<ChainStanding['title']>;

/** An alarm: kept, and shown to who may see it. */
export type Tell = (sentence: string, facts: Readonly<Record<string, unknown>>) => void;

/** The end waits no longer for a chain that hangs. */
const END_MS = 10_000;

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
export function mirrorTitle({ chain, deployment, origin, addressOf, doWork, tell, everyMs }: Mirroring) {
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
      await Promise.race([running, pause(END_MS, undefined, { ref: false })]);
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
