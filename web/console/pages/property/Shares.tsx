// Every share of a pack that organisations within reach have; a line leads to the title of its pack.
import { shareMatters, shareReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { exactAmount, useAmounts } from '../ledger/parts/amount.ts';

type Share = Answer<typeof shareReads.shares>['items'][number];

export function Shares() {
  const { t } = useWords();
  return (
    <section aria-label={t('property.shares')}>
      <h2>{t('property.shares')}</h2>
      <PagedTable
        name="shares"
        label={t('property.shares')}
        route={shareReads.shares}
        columns={useColumns()}
        rowKey={(it: Share) => `${it.code}/${it.party}`}
        href={(it) => `/packs/${encodeURIComponent(it.code)}/title`}
        exportAs="shares"
        limit={200}
        empty={t('property.empty')}
      />
    </section>
  );
}

function useColumns(): Column<Share>[] {
  const { t } = useWords();
  const { count } = useFormats();
  const { amount } = useAmounts();
  const part = (key: 'millionths' | 'pledged'): Column<Share> => ({
    key,
    title: t(`property.${key}`),
    value: (it) => it[key],
    show: (it) => <span title={exactAmount('title', it[key])}>{it[key] === 0 ? '—' : amount('title', it[key])}</span>,
    right: true,
    width: 85,
  });
  const many = (key: 'others' | 'offers' | 'votes'): Column<Share> => ({
    key,
    title: t(`property.${key}`),
    value: (it) => it[key],
    show: (it) => (it[key] === 0 ? '—' : count(it[key])),
    right: true,
    width: 85,
  });
  return [
    {
      key: 'code',
      title: t('property.pack'),
      value: (it) => it.code,
      show: (it) => <span className="code">{it.code}</span>,
      width: 215,
    },
    { key: 'model', title: t('packs.model'), value: (it) => it.model, width: 115 },
    {
      key: 'party',
      title: t('property.party'),
      value: (it) => it.party,
      show: (it) => it.name ?? it.party,
      width: 165,
    },
    part('millionths'),
    part('pledged'),
    many('others'),
    {
      key: 'lessee',
      title: t('property.lessee'),
      value: (it) => it.lessee ?? '',
      show: (it) => it.lessee ?? '—',
      width: 100,
    },
    many('offers'),
    many('votes'),
    {
      key: 'matter',
      title: t('property.matter'),
      value: () => '',
      filter: 'choice',
      choices: Object.fromEntries(shareMatters.map((it) => [it, t(`property.matters.${it}`)])),
      hidden: true,
    },
  ];
}
