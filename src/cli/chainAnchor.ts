// packloop chain anchor, status: checkpoints onto the chain, and what of them stands there.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Anchored, latestAnchored, openNotary, type Source, startsWith } from '#record/chain';
import { accepted, type Bytes, type Files, type Policy } from '#record/verify';
import { contractsOn, type OnChain, readingChain, type Signing, signingChain, told } from './chain.ts';
import { Failed, note, say } from './say.ts';
import { stopSignal } from './stop.ts';
import { filesAt, judged, type Place, trusted } from './verify.ts';

interface Anchoring extends Signing, Place {
  readonly policy: string;
  readonly follow?: true;
  readonly every: number;
}

/** Once, or with --follow again and again: what a log shows, if the policy accepts it. */
export async function anchor(place: string, options: Anchoring): Promise<void> {
  const { json, follow, every } = options;
  const isJson = json === true;
  const source = await sourceAt(place, (await trusted(options)).policy, options);
  await told(async () => {
    const chain = await signingChain(options);
    const { anchor: address } = await contractsOn(chain, options);
    const notary = openNotary(
      source,
      { chain, address },
      {
        now: () => performance.now(),
        everyMs: follow ? every * 1000 : 0,
        alarm: ({ kind, ours, chain: there }) =>
          say(
            isJson,
            { alarm: kind, log: source.origin, ours: tree(ours), chain: treeOn(there) },
            `ALARM (${kind}): ${source.origin} has ${ours.size} entries, and the chain knows another tree of ${there.size} since block ${there.blockNumber}. Keep both: they prove that two histories were shown.`,
          ),
        seen: (it) => {
          if (it.do === 'fail') note(isJson, `The chain did not take it: ${it.because.message}`);
          else if (it.do === 'anchor') note(isJson, it.again ? 'Sent again.' : 'Sent.');
        },
      },
    );
    if (follow) {
      notary.run();
      await stopSignal();
      await notary.end();
      return;
    }
    await once(notary, isJson, source.origin);
  });
}

/** Waits until the newest checkpoint stands there. */
async function once(notary: ReturnType<typeof openNotary>, isJson: boolean, origin: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    const decided = await judged(() => notary.look());
    if (decided.do === 'alarm' && notary.evidence !== undefined)
      throw new Failed('The chain knows another history of this log', { code: 1, reason: decided.evidence.kind });
    if (decided.do === 'wait' && decided.because === 'empty') throw new Failed(`The log ${origin} is empty`);
    if (decided.do === 'wait' && decided.because === 'anchored') {
      const it = notary.anchored!;
      const text = `The chain knows ${origin} with ${it.size} entries since block ${it.blockNumber}.`;
      return say(isJson, { log: origin, ...treeOn(it) }, text);
    }
    await pause(500);
  }
  throw new Failed('The chain took the transaction and has put it into no block within two minutes', {
    reason: 'too-slow',
  });
}

const tree = ({ size, root }: Pick<Anchored, 'size' | 'root'>) => ({ size, root: root.toBase64() });
const treeOn = (it: Anchored) => ({ ...tree(it), block: Number(it.blockNumber) });

/** A checkpoint in a file, or a log in a folder or at a URL. Nothing is anchored that the policy does not accept. */
async function sourceAt(place: string, policy: Policy, key: Place): Promise<Source> {
  const isFile = statSync(place, { throwIfNoEntry: false })?.isFile() === true;
  if (!isFile && !/^https?:/.test(place) && !existsSync(place)) throw new Failed(`There is no ${place}`, { code: 2 });
  const files: Files | undefined = isFile ? undefined : filesAt(place, key);
  const read = async (): Promise<Bytes | undefined> =>
    files === undefined ? new Uint8Array(readFileSync(place)) : await files('checkpoint');
  const newest = async () => {
    const bytes = await read();
    return bytes === undefined ? undefined : (await accepted(bytes, policy)).checkpoint;
  };
  const first = await judged(newest);
  if (first === undefined) throw new Failed(`${place} shows no checkpoint`);
  return { origin: first.origin, newest, ...(files && { startsWith: startsWith(files) }) };
}

/** What stands on the chain of these logs. */
export async function status(options: OnChain & { log: readonly string[] }): Promise<void> {
  const { json, log } = options;
  await told(async () => {
    const chain = readingChain(options);
    const deployment = await contractsOn(chain, options);
    const block = Number(await chain.client.getBlockNumber());
    const logs = await Promise.all(
      log.map(async (origin) => {
        const found = await latestAnchored({ chain, address: deployment.anchor }, origin);
        return { log: origin, ...(found ? treeOn(found) : { size: 0 }) };
      }),
    );
    const { chainId, anchor: address, packShares } = deployment;
    say(json === true, { chainId, block, anchor: address, packShares, logs }, () =>
      [
        `Chain ${chainId} at block ${block}: Anchor ${address}, PackShares ${packShares}`,
        ...logs.map((it) =>
          'block' in it
            ? `  ${it.log}: ${it.size} entries since block ${it.block}, ${block - it.block + 1} blocks deep`
            : `  ${it.log}: never anchored`,
        ),
      ].join('\n'),
    );
  });
}
