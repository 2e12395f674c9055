// Packs that are not where they should be, and those that are called lost.
import { Button } from 'antd';
import { exchangeApi, missingWhys } from '#exchange/api';
import { reportReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useMay } from '../../session/hooks.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { Reason } from '../../shell/Reason.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Missing = Answer<typeof reportReads.missing>['items'][number];

export function Missing() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('missing.title')} note={t('missing.note')} />
      <PagedTable
        name="missing-packs"
        label={t('missing.title')}
        route={reportReads.missing}
        columns={useColumns()}
        rowKey={(it: Missing) => it.id}
        href={({ packCode }) => `/packs/${packCode}`}
        exportAs="missing-packs"
        empty={t('missing.empty')}
      />
    </>
  );
}

function useColumns(): Column<Missing>[] {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const mayJudge = useMay('pack.judge');
  const decide = useDecision();
  const instant = (at: string | null) => (at === null ? '–' : dateTime(Date.parse(at)));
  const columns: Column<Missing>[] = [
    {
      key: 'packCode',
      title: t('missing.pack'),
      value: (it) => it.packCode,
      show: (it) => <span className="code">{it.packCode}</span>,
      width: 225,
    },
    {
      key: 'state',
      title: t('missing.state'),
      value: (it) => it.seenAt ?? it.lostAt,
      show: (it) =>
        it.seenAt ? (
          <State mood="low">{t('missing.seen', { place: it.seenPlace })}</State>
        ) : (
          <State mood={it.lostAt ? 'bad' : 'going'}>{it.lostAt ? t('missing.lost') : t('missing.noticed')}</State>
        ),
      width: 200,
    },
    {
      key: 'why',
      title: t('missing.why'),
      value: (it) => it.why,
      show: (it) => t(`missing.whys.${it.why}`),
      filter: 'choice',
      choices: Object.fromEntries(missingWhys.map((it) => [it, t(`missing.whys.${it}`)])),
      width: 170,
    },
    { key: 'holder', title: t('missing.holder'), value: (it) => it.holder, width: 200 },
    { key: 'place', title: t('missing.place'), value: (it) => it.place, width: 110 },
    {
      key: 'lastSeenAt',
      title: t('missing.lastSeenAt'),
      value: (it) => it.lastSeenAt,
      show: (it) => instant(it.lastSeenAt),
      width: 170,
    },
    { key: 'since', title: t('missing.since'), value: (it) => it.since, show: (it) => instant(it.since), width: 170 },
  ];
  if (!mayJudge) return columns;
  const button = (it: Missing) => (
    <Button size="small" onClick={() => void decide(it)}>
      {it.lostAt ? t('missing.callFound') : t('missing.callLost')}
    </Button>
  );
  return [...columns, { key: 'act', title: t('missing.act'), value: () => '', show: button, width: 150 }];
}

function useDecision() {
  const { t } = useWords();
  const act = useAct();
  return ({ packCode: code, lostAt }: Missing) => {
    const draft = { why: '' };
    const reason = (says: string) => <Reason says={says} label={t('missing.reason')} draft={draft} />;
    if (lostAt)
      return act({
        title: t('missing.callFound'),
        says: reason(t('missing.foundSays')),
        route: exchangeApi.callFound,
        ask: () => ({ params: { code }, body: { finding: draft.why } }),
        verb: t('missing.callFound'),
      });
    return act({
      title: t('missing.callLost'),
      says: reason(t('missing.lostSays')),
      route: exchangeApi.callLost,
      ask: () => ({ params: { code }, body: { why: draft.why } }),
      verb: t('missing.callLost'),
      danger: true,
    });
  };
}
