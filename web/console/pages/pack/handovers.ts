// Hand-overs of a pack as the page needs them. Pure, but for saving a file.
import type { handoverApi } from '#exchange/api';
import type { Answer } from '../../../shared/client.ts';
import type { T } from '../../words/index.ts';

export type Handovers = Answer<typeof handoverApi.handovers>;
export type Handover = Handovers['items'][number];
export type State = Handover['statement']['state'];
export type Drafted = Answer<typeof handoverApi.draftHandover>;

export const moodOfHandover = { offered: 'going', expired: 'calm', certified: 'good', disputed: 'bad' } as const;

/** Whose signature an offer waits for. */
export const missingIn = ({ signedBy, statement: { from, to } }: Handover): string[] =>
  [from, to].filter((it) => !signedBy.includes(it));

/** Lines of an organisation and its key, as `packloop verify handover --keys` reads them. */
export const keysText = (keys: Handovers['keys'], parties: readonly string[]): string =>
  keys
    .filter((it) => parties.includes(it.party))
    .map(({ party, key }) => `${party} ${key}\n`)
    .join('');

/** What somebody typed, one on each line. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '');

type Figure = (value: number, digits?: number) => string;

/** What of a state a person compares, in words. */
export function stateInWords({ soh, soc, cycles, damage }: State, t: T, number: Figure) {
  const percent = (value: number) => `${number(value, 1)} %`;
  const { lower, upper } = soh;
  const value =
    lower === null || upper === null
      ? percent(soh.percent)
      : t('handover.band', { percent: percent(soh.percent), lower: number(lower, 1), upper: percent(upper) });
  return [
    { key: 'soh', name: t('handover.soh'), value: `${value}, ${t(`handover.basis.${soh.basis}`)}` },
    { key: 'soc', name: t('handover.soc'), value: percent(soc) },
    { key: 'cycles', name: t('handover.cycles'), value: number(cycles, 1) },
    { key: 'damage', name: t('handover.damage'), value: damage.join('; ') || t('handover.noDamage') },
  ] as const;
}
