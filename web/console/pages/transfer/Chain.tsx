// A promise and its end: posted, wholly or in part, given back or expired. Each exactly once.
import { Link } from '@tanstack/react-router';
import type { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';
import { Reason } from '../ledger/parts/Reason.tsx';
import { transferHref } from './href.ts';

type Story = Answer<typeof bookReads.transfer>;

export function Chain({ chain, id, state }: { chain: Story['chain']; id: string; state: Story['state'] }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const { amount } = useAmounts();
  const [promise, end] = [chain.find((it) => it.kind === 'pending'), chain.find((it) => it.kind === 'post')];
  return (
    <section className="panel">
      <h2>{t('bookTransfer.chain')}</h2>
      {state === 'done' ? (
        <p className="quiet">{t('bookTransfer.chainNone')}</p>
      ) : (
        <ol className="transfer-chain">
          {chain.map((it) => (
            <li key={it.id} className={it.id === id ? 'is-this' : undefined}>
              <strong>{t(`bookTransfer.kind.${it.kind}`)}</strong>
              <span title={exactAmount(it.unit, it.amount)}>{amount(it.unit, it.amount)}</span>
              <time dateTime={it.at} className="quiet">
                {dateTime(Date.parse(it.at))}
              </time>
              <span>
                <Reason of={it.reason} />
              </span>
              {it.id === id ? (
                <span className="quiet">{t('bookTransfer.this')}</span>
              ) : (
                <Link to={transferHref(it.id)}>{t('bookTransfer.title')}</Link>
              )}
            </li>
          ))}
        </ol>
      )}
      {promise && end && end.amount < promise.amount && (
        <p className="quiet">
          {t('bookTransfer.part', {
            posted: amount(end.unit, end.amount),
            promised: amount(promise.unit, promise.amount),
          })}
        </p>
      )}
    </section>
  );
}
