// The raw messages of a station, both ways, with their answers.
import { useState } from 'react';
import { stationReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import type { Column } from '../../table/column.ts';
import { queryOf } from '../../table/download.ts';
import type { Asked } from '../../table/filters.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import { MessageInFull } from './MessageInFull.tsx';
import { MessageState } from './MessageState.tsx';

type Message = Answer<typeof stationReads.messages>['items'][number];

const PREFIX = 'm.';

/** When messages came is `from` and `to` at the server; the other filters are named alike. */
function messageQuery(asked: Asked): Readonly<Record<string, string>> {
  const { atFrom: from, atTo: to, sort: _, order: __, search: ___, ...rest } = queryOf(asked);
  return { ...rest, ...(from && { from }), ...(to && { to }) };
}

export function Messages({ stationId }: { stationId: string }) {
  const { t } = useWords();
  const formats = useFormats();
  const [open, setOpen] = useState<Message>();
  const params = { stationId: stationId as never };
  const choices = useActions(stationId, t, formats.count);
  const columns: Column<Message>[] = [
    {
      key: 'at',
      title: t('station.messages.at'),
      value: (it) => it.at,
      show: (it) => formats.dateTime(Date.parse(it.at)),
      filter: 'instant',
      width: 180,
    },
    {
      key: 'direction',
      title: t('station.messages.direction'),
      value: (it) => it.direction,
      filter: 'choice',
      choices: { in: t('station.messages.dir.in'), out: t('station.messages.dir.out') },
      width: 130,
    },
    {
      key: 'action',
      title: t('station.messages.action'),
      value: (it) => it.action,
      filter: 'choice',
      choices,
      show: (it) => <code>{it.action}</code>,
      width: 190,
    },
    {
      key: 'state',
      title: t('station.messages.state'),
      value: (it) => it.state,
      show: (it) => <MessageState state={it.state} />,
      width: 160,
    },
    {
      key: 'raw',
      title: t('station.messages.raw'),
      value: (it) => it.raw,
      show: (it) => <code className="quiet">{it.raw.slice(0, 300)}</code>,
      width: 420,
    },
  ];
  return (
    <div className="twin is-table">
      <PagedTable<typeof stationReads.messages, Message>
        name="messages"
        label={t('station.messages.title')}
        columns={columns}
        rowKey={(it) => it.id}
        route={stationReads.messages}
        params={params}
        canSearch={false}
        toQuery={messageQuery}
        on={['station']}
        onOpen={setOpen}
        exportAs="messages"
        exportQuery={{ station: stationId }}
        prefix={PREFIX}
        empty={t('station.messages.empty')}
      />
      {open && <MessageInFull message={open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

/** What can be filtered for: the actions of the last day, with how many messages each has. */
function useActions(stationId: string, t: T, count: (many: number) => string): Readonly<Record<string, string>> {
  const { data } = useRead(stationReads.actions, { params: { stationId: stationId as never } }, { everyMs: 30_000 });
  const many = new Map<string, number>();
  for (const it of data?.items ?? []) many.set(it.action, (many.get(it.action) ?? 0) + it.messages);
  const sorted = [...many].toSorted(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(
    sorted.map(([action, n]) => [action, `${action} · ${count(n)} / ${t('anomalies.hours', { n: 24 })}`]),
  );
}
