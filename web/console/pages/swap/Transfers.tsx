// What a swap booked: each transfer of the ledger with both sides, in the order in which they were made.
import { Link } from '@tanstack/react-router';
import type { swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useMay } from '../../session/hooks.ts';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';

type Leg = Answer<typeof swapReads.story>['transfers'][number];

export function Transfers({ transfers }: { transfers: readonly Leg[] }) {
  const { t } = useWords();
  const formats = useFormats();
  const mayOpen = useMay('ledger.see');
  if (transfers.length === 0) return <p className="quiet">{t('swap.books.none')}</p>;
  return (
    <Scroll label={t('swap.books.title')}>
      <PlainTable
        caption={t('swap.books.title')}
        heads={[
          t('swap.books.at'),
          t('swap.books.what'),
          t('swap.books.from'),
          t('swap.books.to'),
          { number: t('swap.books.amount') },
        ]}
      >
        <tbody>
          {transfers.map((it) => (
            <tr key={it.id}>
              <td>
                <time dateTime={it.at}>{formats.seconds(Date.parse(it.at))}</time>
              </td>
              <th scope="row">
                {mayOpen ? (
                  <Link to={`/ledger/transfers/${encodeURIComponent(it.id)}`}>
                    {unitInWords(t, it.unit)}: {t(`swap.books.kind.${it.kind}`)}
                  </Link>
                ) : (
                  `${unitInWords(t, it.unit)}: ${t(`swap.books.kind.${it.kind}`)}`
                )}
                <small className="quiet block" lang="en">
                  {it.reason}
                </small>
              </th>
              <td className="code">{it.from}</td>
              <td className="code">{it.to}</td>
              <td className="number">{amountOf(it, t, formats)}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Scroll>
  );
}

const unitInWords = (t: T, unit: Leg['unit']): string =>
  unit === 'title' ? t('swap.books.title_') : t(`swap.books.${unit}`);

function amountOf({ unit, amount, asset }: Leg, t: T, formats: ReturnType<typeof useFormats>) {
  if (unit === 'money') return <span title={`${amount} fen`}>{formats.yuan(amount)}</span>;
  if (unit === 'energy') return <span title={`${amount} Wh`}>{formats.energy(amount)}</span>;
  if (unit === 'custody') return t('swap.books.pack', { code: asset.slice(-8) });
  return formats.count(amount);
}
