// What a swap costs, line by line, and who gets what of it.
import type { swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Story = Answer<typeof swapReads.story>;

export function Bill({ story: { swap, shares } }: { story: Story }) {
  const { t } = useWords();
  const formats = useFormats();
  const { bill, held, endedAt } = swap;
  if (!bill)
    return (
      <>
        <p className="quiet">{t(endedAt ? 'swap.bill.noneEnded' : 'swap.bill.none')}</p>
        {held > 0 && !endedAt && <p>{t('swap.bill.held', { yuan: formats.yuan(held) })}</p>}
      </>
    );
  return (
    <>
      <Scroll label={t('swap.bill.title')}>
        <PlainTable
          caption={t('swap.bill.title')}
          heads={[
            t('swap.bill.line'),
            { number: t('swap.bill.energy') },
            { number: t('swap.bill.price') },
            { number: t('swap.bill.amount') },
          ]}
        >
          <tbody>
            {bill.lines.map((it) => (
              <tr key={it.what}>
                <th scope="row">
                  {it.what === 'electricity' || it.what === 'service' ? t(`swap.bill.${it.what}`) : it.what}
                  {it.energyWh > bill.netWh && (
                    <small className="quiet block">
                      {t('swap.bill.minimum', { energy: formats.energy(it.energyWh) })}
                    </small>
                  )}
                </th>
                <td className="number">{formats.energy(it.energyWh)}</td>
                <td className="number">{t('swap.bill.perKwh', { yuan: priceOf(it.price, formats) })}</td>
                <td className="number">{formats.yuan(it.amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={3}>
                {t('swap.bill.total')}{' '}
                <HowComputed of="swap.total" what={t('swap.bill.total')} exact={`${bill.total} fen`} />
              </th>
              <td className="number">{formats.yuan(bill.total)}</td>
            </tr>
          </tfoot>
        </PlainTable>
      </Scroll>
      <p className="quiet">
        {bill.lines.length === 0 && `${t('swap.bill.free')} `}
        {t('swap.bill.tariff', { id: bill.tariffId })} · {t('swap.bill.held', { yuan: formats.yuan(held) })}
      </p>
      {shares.length > 0 && (
        <>
          <h3>
            {t('swap.bill.shares')} <HowComputed of="swap.shares" what={t('swap.bill.shares')} />
          </h3>
          <Scroll label={t('swap.bill.shares')}>
            <PlainTable
              caption={t('swap.bill.shares')}
              heads={[t('swap.bill.party'), { number: t('swap.bill.share') }, { number: t('swap.bill.amount') }]}
            >
              <tbody>
                {shares.map((it) => (
                  <tr key={it.party}>
                    <th scope="row">{it.party}</th>
                    <td className="number">
                      {bill.total > 0 ? `${formats.number((it.fen * 100) / bill.total, 1)} %` : '–'}
                    </td>
                    <td className="number">{formats.yuan(it.fen)}</td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
          </Scroll>
        </>
      )}
    </>
  );
}

/** Of thousandths of a fen: two digits of a yuan, four where the price has them. */
const priceOf = (price: number, formats: ReturnType<typeof useFormats>): string =>
  price % 1000 === 0 ? formats.yuan(price / 1000) : `¥${formats.number(price / 100_000, 5)}`;
