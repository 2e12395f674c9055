// The accounts of the books: of which unit, of what, who holds them, how much is on them and how much is promised.
import { bookReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { exactAmount, units, useAmounts } from './parts/amount.ts';
import { Holder } from './parts/Holder.tsx';
import { holderKinds, holderParts } from './parts/holder.ts';

type Account = Answer<typeof bookReads.accounts>['items'][number];

export function Ledger() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('ledger.title')} note={t('ledger.note')} />
      <PagedTable
        name="accounts"
        label={t('ledger.title')}
        route={bookReads.accounts}
        columns={useColumns()}
        rowKey={(it: Account) => String(it.id)}
        href={(it) => `/ledger/accounts/${it.id}`}
        exportAs="accounts"
        on={['swap']}
        empty={t('ledger.empty')}
      />
    </>
  );
}

function useColumns(): Column<Account>[] {
  const { t } = useWords();
  const { date } = useFormats();
  const amounts = useAmounts();
  const sum = (key: 'balance' | 'available' | 'promised' | 'expected', title: string): Column<Account> => ({
    key,
    title,
    value: (it) => it[key],
    show: (it) => <span title={exactAmount(it.unit, it[key])}>{amounts.amount(it.unit, it[key])}</span>,
    head: <HowComputed of={`ledger.${key}`} what={title} />,
    right: true,
    width: 118,
  });
  const words = <K extends string>(keys: readonly K[], of: (key: K) => string): Record<string, string> =>
    Object.fromEntries(keys.map((it) => [it, of(it)]));
  return [
    { key: 'id', title: t('ledger.id'), value: (it) => String(it.id), right: true, width: 75 },
    {
      key: 'unit',
      title: t('ledger.unit'),
      value: (it) => it.unit,
      filter: 'choice',
      choices: words(units, (it) => t(`ledger.units.${it}`)),
      width: 75,
    },
    {
      key: 'asset',
      title: t('ledger.asset'),
      value: (it) => it.asset,
      show: (it) => <span className="code">{it.asset}</span>,
      width: 205,
    },
    { key: 'asset', title: t('ledger.assetOf'), value: (it) => it.asset, filter: 'text', hidden: true },
    {
      key: 'holder',
      title: t('ledger.holder'),
      value: (it) => it.holder,
      show: (it) => <Holder of={it.holder} />,
      width: 200,
    },
    { key: 'holder', title: t('ledger.holderOf'), value: (it) => it.holder, filter: 'text', hidden: true },
    {
      key: 'kind',
      title: t('ledger.kind'),
      value: (it) => holderParts(it.holder).kind,
      filter: 'choice',
      choices: words(holderKinds, (it) => t(`ledger.kinds.${it}`)),
      hidden: true,
    },
    { key: 'nonZero', title: t('ledger.nonZero'), value: (it) => it.balance !== 0, filter: 'yes-no', hidden: true },
    sum('balance', t('ledger.balance')),
    sum('available', t('ledger.available')),
    sum('promised', t('ledger.promised')),
    sum('expected', t('ledger.expected')),
    {
      key: 'closed',
      title: t('ledger.closed'),
      value: (it) => it.closedAt,
      show: (it) => (it.closedAt ? date(Date.parse(it.closedAt)) : <span className="quiet">{t('ledger.open')}</span>),
      width: 85,
    },
  ];
}
