// packloop verify anchor: whether the chain knew a checkpoint, and since when. Trusts the policy, the node that is asked, and nobody else.
import { type Known, whatChainKnows } from '#record/chain';
import { accepted } from '#record/verify';
import { contractsOn, type OnChain, readingChain, told } from './chain.ts';
import { bytesIn } from './files.ts';
import { Failed, say } from './say.ts';
import { filesAt, judged, type Place, trusted } from './verify.ts';

interface Options extends OnChain, Place {
  readonly policy: string;
  readonly mirror?: string;
}

export async function checkAnchor(file: string, options: Options): Promise<void> {
  const { policy } = await trusted(options);
  const { checkpoint } = await judged(() => accepted(bytesIn(file), policy));
  await told(async () => {
    const chain = readingChain(options);
    const { anchor: address, block } = await contractsOn(chain, options);
    const files = options.mirror === undefined ? undefined : filesAt(options.mirror, options);
    const known = await judged(() =>
      whatChainKnows({ chain, address }, checkpoint, { fromBlock: BigInt(block), files }),
    );
    const { origin: log, size } = checkpoint;
    const by = 'by' in known ? known.by : undefined;
    const at = by && {
      block: Number(by.blockNumber),
      blockHash: by.blockHash,
      transaction: by.transaction,
      at: new Date(
        1000 * Number((await chain.client.getBlock({ blockNumber: by.blockNumber })).timestamp),
      ).toISOString(),
      size: by.size,
    };
    const holds = known.is === 'anchored' || known.is === 'contained';
    const facts = { holds, known: known.is, log, size, ...(at && { anchor: at }) };
    const text = sentence(log, size, known, at);
    if (!holds) throw new Failed(text, { code: 1, ...facts });
    say(options.json === true, facts, text);
  });
}

function sentence(log: string, size: number, known: Known, at: { block: number; at: string } | undefined): string {
  const since = at && `block ${at.block} (${at.at})`;
  switch (known.is) {
    case 'anchored':
      return `Holds: the chain knows ${log} with ${size} entries since ${since}`;
    case 'contained':
      return `Holds: ${log} with ${size} entries is the beginning of the ${known.by.size} that the chain knows since ${since}`;
    case 'contradicted':
      return `Does not hold: since ${since} the chain knows another tree of ${size} entries. The log showed two histories; keep this checkpoint`;
    case 'unknown': {
      const { above, copied } = known;
      if (above !== undefined && copied !== undefined)
        return `The chain knows ${log} with ${above.size} entries since block ${above.blockNumber}, and the copy has only ${copied} of them: bring it up to date with packloop mirror`;
      if (above !== undefined)
        return `The chain does not know this very checkpoint. It knows ${log} with ${above.size} entries since block ${above.blockNumber}: with --mirror it is shown whether this one is its beginning`;
      return `The chain does not know ${log} with ${size} entries, nor more of it${known.below ? `; the last that it knows is ${known.below.size} in block ${known.below.blockNumber}` : ''}`;
    }
  }
}
