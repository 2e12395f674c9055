import { Link } from '@tanstack/react-router';
import type { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';
import { Holder } from '../ledger/parts/Holder.tsx';

type Account = Answer<typeof bookReads.transfer>['from'];

/** One side of a booking: whose account, and what is on it now. */
export function Side({ title, account }: { title: string; account: Account }) {
  const { t } = useWords();
  const { amount } = useAmounts();
  return (
    <div className="transfer-side">
      <h2 className="quiet">{title}</h2>
      <p>
        <Holder of={account.holder} />
      </p>
      <p>
        <Link to={`/ledger/accounts/${account.id}`}>
          {t('ledger.id')} {account.id}
        </Link>{' '}
        <small className="quiet">
          {t(`ledger.units.${account.unit}`)} · <span className="code">{account.asset}</span>
        </small>
      </p>
      <p className="quiet" title={exactAmount(account.unit, account.balance)}>
        {t('bookTransfer.before')}: {amount(account.unit, account.balance)}
      </p>
    </div>
  );
}
