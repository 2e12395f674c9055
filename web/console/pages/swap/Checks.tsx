// The safety checks of a swap: what was measured, and between which limits it has to lie.
import type { swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { State } from '../../shell/State.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import { readDemand } from './demand.ts';
import { checkInWords } from './said.ts';

type Check = Answer<typeof swapReads.story>['checks'][number];

export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useWords();
  const formats = useFormats();
  if (checks.length === 0) return <p className="quiet">{t('swap.checks.none')}</p>;
  return (
    <Scroll label={t('swap.checks.title')}>
      <PlainTable
        caption={t('swap.checks.title')}
        heads={[
          t('swap.checks.check'),
          { number: t('swap.checks.value') },
          t('swap.checks.demand'),
          t('swap.checks.result'),
        ]}
      >
        <tbody>
          {checks.map((it) => (
            <tr key={it.check}>
              <th scope="row">{checkInWords(t, it.check)}</th>
              <td className="number">{measured(it, t, formats.number)}</td>
              <td>{it.demand === null ? <span className="quiet">–</span> : <Limit {...it} demand={it.demand} />}</td>
              <td>
                <State mood={it.passed === null ? 'calm' : it.passed ? 'good' : 'bad'}>
                  {t(it.passed === null ? 'swap.checks.open' : it.passed ? 'swap.checks.passed' : 'swap.checks.failed')}
                </State>
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Scroll>
  );
}

function unitOf(check: string, t: T): string {
  if (check === 'torque' || check === 'insulation' || check === 'coolant') return t(`swap.checks.unit.${check}`);
  return '';
}

function measured({ check, value }: Check, t: T, number: (it: number, digits?: number) => string): string {
  if (value === null) return '–';
  if (check === 'locks' || check === 'interlock')
    return value === 1 ? t('swap.checks.closed') : value === 0 ? t('swap.checks.isOpen') : number(value);
  return `${number(value, 2)} ${unitOf(check, t)}`.trim();
}

function Limit({ check, demand }: { check: string; demand: string }) {
  const { t } = useWords();
  const { number } = useFormats();
  const read = readDemand(demand);
  const unit = unitOf(check, t);
  switch (read.is) {
    case 'closed':
      return t('swap.checks.closed');
    case 'not-demanded':
      return <span className="quiet">{t('swap.checks.notDemanded')}</span>;
    case 'least':
      return t('swap.checks.least', { least: number(read.least), unit });
    case 'range':
      return t('swap.checks.range', { from: number(read.from), to: number(read.to), unit });
    case 'fewer':
      return t('swap.checks.fewer', { most: number(read.most) });
    default:
      return <span lang="en">{read.sentence}</span>;
  }
}
