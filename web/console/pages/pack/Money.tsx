// What it earned: for whom, from how many swaps.
import { HowComputed } from '../../explain/HowComputed.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';

export function Money({ story: { money, title, at } }: { story: Story }) {
  const { t } = useWords();
  const { yuan, count } = useFormats();
  const names = new Map<string, string | null>(title.map((it) => [it.party, it.name]));
  return (
    <section className="panel" aria-label={t('pack.money')}>
      <h2>{t('pack.money')}</h2>
      {money.swaps === 0 ? (
        <p className="quiet">{t('pack.earnedNone')}</p>
      ) : (
        <PlainTable caption={t('pack.earned')}>
          <tbody>
            {money.earned.map((it) => (
              <tr key={it.party}>
                <th scope="row">{names.get(it.party) ?? it.party}</th>
                <td className="number" title={`${it.fen} fen`}>
                  {yuan(it.fen)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                {t('pack.earned')}{' '}
                <HowComputed of="pack.earned" what={t('pack.earned')} at={at} exact={`${money.totalFen} fen`} />
              </th>
              <td className="number">
                <strong>{yuan(money.totalFen)}</strong>
              </td>
            </tr>
            <tr>
              <th scope="row" className="quiet">
                {t('pack.billed')}{' '}
                <HowComputed of="pack.billed" what={t('pack.billed')} at={at} exact={`${money.billedFen} fen`} />
              </th>
              <td className="number quiet">{yuan(money.billedFen)}</td>
            </tr>
            <tr>
              <th scope="row" className="quiet">
                {t('pack.swaps')}
              </th>
              <td className="number quiet">{count(money.swaps)}</td>
            </tr>
          </tfoot>
        </PlainTable>
      )}
    </section>
  );
}
