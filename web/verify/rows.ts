// What holds, line by line: a label of `Words` or a name in quotation marks, and its value.
import type { Accepted, AnswerProven, Event, HandoverProven } from '#record/verify';
import type { Words } from './words.ts';

export type Row = readonly [label: keyof Words | string, value: string];

export const rowsOf = ({ checkpoint, witnesses }: Pick<Accepted, 'checkpoint' | 'witnesses'>): Row[] => [
  ['log', checkpoint.origin],
  ['size', checkpoint.size.toLocaleString('en')],
  ...(witnesses.length === 0
    ? [['witnesses', 'nobody'] as const]
    : witnesses.map(({ name, time }) => ['witnesses', `${name}, ${new Date(1000 * time).toISOString()}`] as const)),
];

/** All events of one subject: how many, and each. */
export const eventRows = (events: readonly Event[]): Row[] => [
  ['complete', events.length === 0 ? 'nothing' : events.length.toLocaleString('en')],
  ...events.map(({ at, type }): Row => [at, type]),
];

export const answered = ({ answer: { about, edition, told, simulated }, signer, rests }: AnswerProven): Row[] => [
  ['subject', about.code ?? about.id ?? ''],
  ['edition', edition],
  ['producer', signer],
  ...Object.entries(told).map(([name, value]) => [`“${name}”`, JSON.stringify(value)] as const),
  ...(simulated ? [['figures', 'simulated'] as const] : []),
  ...(rests ? rowsOf(rests) : []),
];

export const handedOver = ({ statement, signers, at, rests, before }: HandoverProven): Row[] => {
  const { pack, from, to, place, state } = statement;
  return [
    ['subject', pack],
    ['from', from],
    ['to', to],
    ['place', place],
    ['at', at],
    ['signers', signers.join(', ')],
    ...Object.entries(state).map(([name, value]) => [`“${name}”`, JSON.stringify(value)] as const),
    ['history', String(before?.length ?? 0)],
    ['index', String(rests.index)],
    ...rowsOf(rests),
  ];
};
