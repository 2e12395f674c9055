// What each organisation earned with packs in a period, by the books; the cost of energy at an assumed price.
import { Input } from 'antd';
import { useId, useState } from 'react';
import { profitReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { type Days, periodOf } from './period.ts';
import './property.css';

type Told = Answer<typeof profitReads.profit>;
type Figures = Told['total'];

export function Profit() {
  const { t } = useWords();
  const [days, choose] = useState<Days>({ from: '', until: '' });
  const query = periodOf(days);
  const { data, error, again } = useRead<typeof profitReads.profit>(profitReads.profit, { query } as never, {
    on: ['swap'],
  });
  return (
    <section className="panel property-profit" aria-label={t('property.profit')}>
      <div className="property-head">
        <h2>{t('property.profit')}</h2>
        <Day text={t('property.from')} value={days.from} onChange={(from) => choose({ ...days, from })} />
        <Day text={t('property.until')} value={days.until} onChange={(until) => choose({ ...days, until })} />
        <ExportButton table="profit" query={() => query} />
      </div>
      {error && <Failure error={error} again={again} />}
      {!data && !error && <Waiting />}
      {data && !error && <Sums told={data} />}
    </section>
  );
}

function Day({ text, value, onChange }: { text: string; value: string; onChange: (day: string) => void }) {
  const id = useId();
  return (
    <span className="property-day">
      <label htmlFor={id}>{text}</label>
      <Input id={id} type="date" value={value} onChange={({ target }) => onChange(target.value)} />
    </span>
  );
}

function Sums({ told: { parties, total, from, to, gridPrice, simulated } }: { told: Told }) {
  const { t } = useWords();
  const { dateTime, yuan } = useFormats();
  return (
    <>
      <p className="quiet">
        {t('property.period', { from: dateTime(Date.parse(from)), to: dateTime(Date.parse(to)) })}{' '}
        {t('property.assumed', { price: yuan(gridPrice / 1000) })}{' '}
        {simulated && <State mood="calm">{t('property.simulated')}</State>}
      </p>
      {parties.length === 0 ? (
        <p className="quiet">{t('property.nothing')}</p>
      ) : (
        <div className="plain-scroll">
          <PlainTable
            caption={t('property.profit')}
            heads={[t('property.party'), ...columns.map((it) => ({ number: t(`property.${it.head}`) }))]}
          >
            <tbody>
              {parties.map((it) => (
                <tr key={it.party}>
                  <th scope="row">
                    {it.name} <small className="quiet code block">{it.party}</small>
                  </th>
                  <Line of={it} />
                </tr>
              ))}
            </tbody>
            {parties.length > 1 && (
              <tfoot>
                <tr>
                  <th scope="row">{t('property.all')}</th>
                  <Line of={total} isSum />
                </tr>
              </tfoot>
            )}
          </PlainTable>
        </div>
      )}
    </>
  );
}

const columns = [
  { head: 'swaps', of: 'swaps', as: 'count' },
  { head: 'income', of: 'incomeFen', as: 'yuan' },
  { head: 'electricity', of: 'electricityFen', as: 'yuan' },
  { head: 'fees', of: 'feesFen', as: 'yuan' },
  { head: 'energyCost', of: 'energyCostFen', as: 'yuan' },
  { head: 'result', of: 'resultFen', as: 'yuan' },
  { head: 'sold', of: 'sharesSoldFen', as: 'yuan' },
  { head: 'bought', of: 'sharesBoughtFen', as: 'yuan' },
  { head: 'packs', of: 'packs', as: 'count' },
  { head: 'owned', of: 'ownedWh', as: 'energy' },
] as const satisfies readonly { head: string; of: keyof Figures; as: 'count' | 'yuan' | 'energy' }[];

/** What several have a part in is one and not several: a sum of numbers of swaps or packs would say something wrong. */
function Line({ of, isSum = false }: { of: Figures; isSum?: boolean }) {
  const formats = useFormats();
  return columns.map((it) => {
    const isLeftOut = isSum && it.as === 'count';
    return (
      <td key={it.of} className="number">
        {of[it.of] === 0 && !isLeftOut ? <span className="quiet">—</span> : !isLeftOut && formats[it.as](of[it.of])}
      </td>
    );
  });
}
