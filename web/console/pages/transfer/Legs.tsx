import { Link } from '@tanstack/react-router';
import type { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import { Reason } from '../ledger/parts/Reason.tsx';
import { transferHref } from './href.ts';

type Leg = Answer<typeof bookReads.transfer>['linked'][number];

/** Legs that happened together: each is a transfer of its own. */
export function Legs({ legs, id, caption }: { legs: readonly Leg[]; id: string; caption: string }) {
  const { t } = useWords();
  const { amount } = useAmounts();
  return (
    <Scroll label={caption}>
      <PlainTable
        caption={caption}
        heads={[
          t('ledger.unit'),
          t('bookAccount.what'),
          t('bookTransfer.from'),
          t('bookTransfer.to'),
          { number: t('bookTransfer.amount') },
          t('bookTransfer.reason'),
        ]}
      >
        <tbody>
          {legs.map((it) => (
            <tr key={it.id} aria-current={it.id === id || undefined}>
              <th scope="row">{t(`ledger.units.${it.unit}`)}</th>
              <td>
                {it.id === id ? (
                  <>
                    {t(`bookTransfer.kind.${it.kind}`)} <small className="quiet">({t('bookTransfer.this')})</small>
                  </>
                ) : (
                  <Link to={transferHref(it.id)}>{t(`bookTransfer.kind.${it.kind}`)}</Link>
                )}
              </td>
              <td>
                <Holder of={it.from} />
              </td>
              <td>
                <Holder of={it.to} />
              </td>
              <td className="number" title={`${exactAmount(it.unit, it.amount)} · ${it.asset}`}>
                {amount(it.unit, it.amount)}
              </td>
              <td>
                <Reason of={it.reason} />
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Scroll>
  );
}
