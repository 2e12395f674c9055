// What happened on an account, newest first, with the balance as it ran.
import { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import type { Column } from '../../table/column.ts';
import type { Asked } from '../../table/filters.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import { Reason } from '../ledger/parts/Reason.tsx';
import { transferHref } from '../transfer/href.ts';
import type { Account } from './AccountFacts.tsx';

type Transfer = Answer<typeof bookReads.transfers>['items'][number];

/** The list knows one order, by number, either way. */
const toQuery = ({ sort }: Asked) => ({ order: sort && !sort.down ? 'asc' : 'desc' });

export function AccountTransfers({ account }: { account: Account }) {
  const { t } = useWords();
  const columns = useColumns(account);
  return (
    <PagedTable
      name="transfers"
      label={t('bookAccount.transfers')}
      route={bookReads.transfers}
      params={{ id: account.id }}
      toQuery={toQuery}
      columns={columns}
      rowKey={(it: Transfer) => it.id}
      href={(it) => transferHref(it.id)}
      exportAs="transfers"
      exportQuery={{ account: String(account.id) }}
      canSearch={false}
      on={['swap']}
      empty={t('bookAccount.empty')}
    />
  );
}

function useColumns({ id, unit }: Account): Column<Transfer>[] {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const { amount, change } = useAmounts();
  return [
    { key: 'seq', title: t('bookTransfer.seq'), value: (it) => String(it.seq), right: true, sort: true, width: 80 },
    {
      key: 'at',
      title: t('bookAccount.at'),
      value: (it) => it.at,
      show: (it) => <time dateTime={it.at}>{dateTime(Date.parse(it.at))}</time>,
      width: 172,
    },
    {
      key: 'kind',
      title: t('bookAccount.what'),
      value: (it) => it.kind,
      show: (it) => t(`bookTransfer.kind.${it.kind}`),
      width: 105,
    },
    {
      key: 'other',
      title: t('bookAccount.other'),
      value: (it) => (it.creditId === id ? it.from : it.to),
      show: (it) => (
        <>
          <span aria-hidden="true">{it.creditId === id ? '← ' : '→ '}</span>
          <span className="hidden">{t(it.creditId === id ? 'bookTransfer.from' : 'bookTransfer.to')} </span>
          <Holder of={it.creditId === id ? it.from : it.to} />
        </>
      ),
      width: 215,
    },
    {
      key: 'reason',
      title: t('bookAccount.reason'),
      value: (it) => it.reason,
      show: (it) => <Reason of={it.reason} />,
      width: 150,
    },
    {
      key: 'amount',
      title: t('bookAccount.amount'),
      value: (it) => it.amount,
      show: (it) => <span title={exactAmount(unit, it.amount)}>{amount(unit, it.amount)}</span>,
      right: true,
      width: 108,
    },
    {
      key: 'change',
      title: t('bookAccount.change'),
      value: (it) => it.change,
      show: (it) => (
        <span title={exactAmount(unit, it.change)} className={it.change === 0 ? 'quiet' : undefined}>
          {change(unit, it.change)}
        </span>
      ),
      right: true,
      width: 108,
    },
    {
      key: 'after',
      title: t('bookAccount.after'),
      value: (it) => it.balanceAfter,
      show: (it) => <strong title={exactAmount(unit, it.balanceAfter)}>{amount(unit, it.balanceAfter)}</strong>,
      head: <HowComputed of="ledger.after" what={t('bookAccount.after')} />,
      right: true,
      width: 128,
    },
  ];
}
