import { Link } from '@tanstack/react-router';
import type { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import './account.css';

export type Account = Answer<typeof bookReads.account>;

const sums = ['balance', 'promised', 'available', 'expected'] as const;

export function AccountFacts({ account: it }: { account: Account }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const { amount } = useAmounts();
  return (
    <section className="panel account-facts" aria-label={t('bookAccount.title')}>
      <dl className="account-sums">
        {sums.map((key) => (
          <div key={key}>
            <dt className="quiet">
              {t(`ledger.${key}`)}{' '}
              <HowComputed
                of={`ledger.${key}`}
                what={t(`ledger.${key}`)}
                at={it.at}
                exact={exactAmount(it.unit, it[key])}
              />
            </dt>
            <dd className={key === 'balance' ? 'is-main' : undefined}>{amount(it.unit, it[key])}</dd>
          </div>
        ))}
      </dl>
      <dl className="facts">
        <dt>{t('ledger.holder')}</dt>
        <dd>
          <Holder of={it.holder} />
        </dd>
        <dt>{t('ledger.unit')}</dt>
        <dd>{t(`ledger.units.${it.unit}`)}</dd>
        <dt>{t('ledger.asset')}</dt>
        <dd className="code">
          {it.unit === 'custody' || it.unit === 'title' ? (
            <Link to={`/packs/${encodeURIComponent(it.asset)}`}>{it.asset}</Link>
          ) : (
            it.asset
          )}
        </dd>
        <dt>{t('ledger.bound')}</dt>
        <dd>{t(`ledger.bounds.${it.bound}`)}</dd>
        {it.closedAt && (
          <>
            <dt>{t('ledger.closed')}</dt>
            <dd>{dateTime(Date.parse(it.closedAt))}</dd>
          </>
        )}
      </dl>
      <Age at={it.at} />
    </section>
  );
}
