// What public platforms are told: the queue, the receipts, what is late and what was rejected.
import { useState } from 'react';
import { type ReportKind, reportKinds, reportStates } from '#exchange/api';
import { reportReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { moods } from './moods.ts';
import { Platforms } from './Platforms.tsx';
import { ReportInFull } from './ReportInFull.tsx';

type Report = Answer<typeof reportReads.reports>['items'][number];

export function Reports() {
  const { t } = useWords();
  const [open, setOpen] = useState<string>();
  return (
    <>
      <PageHead title={t('reports.title')} note={t('reports.note')} />
      <Platforms />
      <PagedTable
        name="reports"
        label={t('reports.title')}
        route={reportReads.reports}
        columns={useColumns()}
        rowKey={(it: Report) => it.id}
        onOpen={({ id }) => setOpen(id)}
        exportAs="reports"
        empty={t('reports.empty')}
      />
      {open && <ReportInFull id={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(): Column<Report>[] {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const instant = (at: string) => dateTime(Date.parse(at));
  return [
    {
      key: 'state',
      title: t('reports.state'),
      value: (it) => it.state,
      show: (it) => <State mood={moods[it.state]}>{t(`reports.states.${it.state}`)}</State>,
      filter: 'choice',
      choices: Object.fromEntries(reportStates.map((it) => [it, t(`reports.states.${it}`)])),
      width: 110,
    },
    {
      key: 'late',
      title: t('reports.late'),
      value: (it) => it.late,
      show: (it) => (it.late ? <State mood="bad">{t('reports.isLate')}</State> : t('reports.inTime')),
      filter: 'yes-no',
      width: 100,
    },
    {
      key: 'platform',
      title: t('reports.platform'),
      value: (it) => it.platform,
      show: (it) => t(`reports.platforms.${it.platform as 'national'}`),
      filter: 'choice',
      choices: Object.fromEntries(
        (['national', 'shenzhen', 'shanghai'] as const).map((it) => [it, t(`reports.platforms.${it}`)]),
      ),
      width: 170,
    },
    {
      key: 'kind',
      title: t('reports.kind'),
      value: (it) => it.kind,
      show: (it) => t(`reports.kinds.${it.kind}`),
      filter: 'choice',
      choices: Object.fromEntries(reportKinds.map((it: ReportKind) => [it, t(`reports.kinds.${it}`)])),
      width: 110,
    },
    {
      key: 'subject',
      title: t('reports.subject'),
      value: (it) => it.subject,
      show: (it) => <span className="code">{it.subject.replace(/^\w+:/, '')}</span>,
      width: 225,
    },
    {
      key: 'why',
      title: t('reports.why'),
      value: (it) => it.reason ?? it.lastError,
      show: (it) => (it.reason ? `${it.field ?? ''} ${it.reason}` : (it.lastError ?? '')),
      width: 220,
    },
    { key: 'station', title: t('reports.station'), value: (it) => it.stationId, filter: 'text', width: 110 },
    {
      key: 'happenedAt',
      title: t('reports.happenedAt'),
      value: (it) => it.happenedAt,
      show: (it) => instant(it.happenedAt),
      width: 170,
    },
    { key: 'dueAt', title: t('reports.dueAt'), value: (it) => it.dueAt, show: (it) => instant(it.dueAt), width: 170 },
  ];
}
