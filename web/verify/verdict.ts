// What is said of a claim: pure, so that it is the same wherever it is shown.
import {
  type AnswerProven,
  accepted,
  type Bytes,
  isAnswer,
  isHandover,
  type Policy,
  readKey,
  readPartyKeys,
  readPolicy,
  Unproven,
  utf8,
  verifyAnswer,
  verifyHandover,
  verifyReceipt,
} from '#record/verify';
import type { Words } from './words.ts';

export interface Given {
  readonly claim: string;
  readonly policy: string;
  readonly producers: string;
}

export type Verdict =
  | { readonly state: 'waiting' }
  | { readonly state: 'holds'; readonly rows: readonly (readonly [label: keyof Words | string, value: string])[] }
  | { readonly state: 'fails'; readonly reason: keyof Words['reasons']; readonly sentence: string }
  | { readonly state: 'broken'; readonly sentence: string };

/** Offline: looks at nothing but what is given. */
export async function verdictOn({ claim, policy, producers }: Given): Promise<Verdict> {
  if (claim.trim() === '' || policy.trim() === '') return { state: 'waiting' };
  try {
    const trusted = await readPolicy(utf8(policy));
    const bytes: Bytes = utf8(claim);
    if (isHandover(bytes)) return { state: 'holds', rows: await handedOver(bytes, trusted, producers) };
    const names = producers.split('\n').map((it) => it.trim());
    const keys = await Promise.all(names.filter((it) => it !== '' && !it.startsWith('#')).map(readKey));
    if (isAnswer(bytes))
      return { state: 'holds', rows: answered(await verifyAnswer(bytes, { policy: trusted, producers: keys })) };
    if (!claim.startsWith('c2sp.org/tlog-proof')) {
      const { checkpoint, witnesses } = await accepted(bytes, trusted);
      return { state: 'holds', rows: rowsOf({ checkpoint, witnesses }) };
    }
    const it = await verifyReceipt(bytes, trusted, keys.length > 0 ? { producers: keys } : {});
    const { entry } = it;
    const about =
      entry.kind === 'event'
        ? (['subject', 'type', 'at', 'producer'] as const).map((label) => [label, entry.event[label]] as const)
        : [['type', entry.kind] as const];
    return {
      state: 'holds',
      rows: [
        ...about,
        ...it.disclosed.map(({ name, value }) => [`“${name}”`, JSON.stringify(value)] as const),
        ['index', String(it.index)],
        ['sealed', it.isSealed ? 'yes' : 'unasked'],
        ...rowsOf(it),
      ],
    };
  } catch (error) {
    const sentence = (error as Error).message;
    return error instanceof Unproven
      ? { state: 'fails', reason: error.reason, sentence }
      : { state: 'broken', sentence };
  }
}

const answered = ({ answer: { about, edition, told }, signer, rests }: AnswerProven) => [
  ['subject', about.code ?? about.id ?? ''] as const,
  ['edition', edition] as const,
  ['producer', signer] as const,
  ...Object.entries(told).map(([name, value]) => [`“${name}”`, JSON.stringify(value)] as const),
  ...(rests ? rowsOf(rests) : []),
];

/** Here the keys are those of both sides: an organisation and its key on each line. */
async function handedOver(bytes: Bytes, policy: Policy, keys: string) {
  const { statement, signers, at, rests, before } = await verifyHandover(bytes, {
    policy,
    parties: await readPartyKeys(keys),
  });
  const { pack, from, to, place, state } = statement;
  return [
    ['subject', pack] as const,
    ['from', from] as const,
    ['to', to] as const,
    ['place', place] as const,
    ['at', at] as const,
    ['signers', signers.join(', ')] as const,
    ...Object.entries(state).map(([name, value]) => [`“${name}”`, JSON.stringify(value)] as const),
    ['history', String(before?.length ?? 0)] as const,
    ['index', String(rests.index)] as const,
    ...rowsOf(rests),
  ];
}

type Told = Pick<Awaited<ReturnType<typeof accepted>>, 'checkpoint' | 'witnesses'>;

const rowsOf = ({ checkpoint, witnesses }: Told) => [
  ['log', checkpoint.origin] as const,
  ['size', checkpoint.size.toLocaleString('en')] as const,
  ...(witnesses.length === 0
    ? [['witnesses', 'nobody'] as const]
    : witnesses.map(({ name, time }) => ['witnesses', `${name}, ${new Date(1000 * time).toISOString()}`] as const)),
];
