// Every write: who, when, which, about what, and what became of it.
import { Drawer } from 'antd';
import { useState } from 'react';
import { memberApi } from '#party/api';
import type { Answer } from '../../../shared/client.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { queryOf } from '../../table/download.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Trace = Answer<typeof memberApi.trail>['items'][number];
const moods = { done: 'good', refused: 'low', failed: 'bad' } as const;

export function Trail() {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const [open, setOpen] = useState<Trace>();
  const columns: Column<Trace>[] = [
    {
      key: 'at',
      title: t('trail.at'),
      value: (it) => it.at,
      show: (it) => dateTime(Date.parse(it.at)),
      filter: 'instant',
      width: 170,
    },
    {
      key: 'caller',
      title: t('trail.caller'),
      value: (it) => it.caller,
      show: (it) => it.callerName ?? it.caller,
      filter: 'text',
      width: 140,
    },
    { key: 'route', title: t('trail.route'), value: (it) => it.route, filter: 'text', width: 300 },
    { key: 'subject', title: t('trail.subject'), value: (it) => subjectOf(it), filter: 'text', width: 200 },
    {
      key: 'outcome',
      title: t('trail.outcome'),
      value: (it) => it.outcome,
      show: (it) => <State mood={moods[it.outcome]}>{t(`trail.is.${it.outcome}`)}</State>,
      filter: 'choice',
      choices: { done: t('trail.is.done'), refused: t('trail.is.refused'), failed: t('trail.is.failed') },
      width: 110,
    },
    { key: 'code', title: t('trail.code'), value: (it) => it.code, width: 120 },
  ];
  return (
    <>
      <PageHead title={t('trail.title')} note={t('trail.note')} />
      <PagedTable
        name="trail"
        label={t('trail.title')}
        route={memberApi.trail}
        columns={columns}
        rowKey={(it: Trace) => String(it.seq)}
        onOpen={setOpen}
        canSearch={false}
        exportAs="trail"
        toQuery={(asked) => {
          const { atFrom, atTo, ...rest } = queryOf(asked) as Record<string, string>;
          return { ...rest, ...(atFrom && { from: atFrom }), ...(atTo && { to: atTo }) };
        }}
      />
      {open && (
        <Drawer open onClose={() => setOpen(undefined)} title={open.route} size={480}>
          <dl className="facts">
            <dt>{t('trail.at')}</dt>
            <dd>{dateTime(Date.parse(open.at))}</dd>
            <dt>{t('trail.caller')}</dt>
            <dd>
              {open.callerName} <code>{open.caller}</code>
            </dd>
            <dt>{t('trail.outcome')}</dt>
            <dd>
              <State mood={moods[open.outcome]}>{t(`trail.is.${open.outcome}`)}</State> {open.code}
            </dd>
            <dt>{t('trail.party')}</dt>
            <dd>{open.partyId ?? '–'}</dd>
            <dt>{t('trail.request')}</dt>
            <dd>
              <code>{open.requestId ?? '–'}</code>
            </dd>
            <dt>{t('trail.subject')}</dt>
            <dd>
              <pre>{JSON.stringify(open.subject, null, 2)}</pre>
            </dd>
          </dl>
        </Drawer>
      )}
    </>
  );
}

const subjectOf = ({ subject }: Trace): string =>
  Object.entries(subject)
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
