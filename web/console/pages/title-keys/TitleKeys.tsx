// With which keys an organisation signs what it agrees to about its packs: made, registered and ended here.
import { Button } from 'antd';
import { shareReads } from '#insight/api';
import { titleApi } from '#pack/api';
import type { Answer } from '../../../shared/client.ts';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { useRegisterKey } from './useRegisterKey.tsx';

type Key = Answer<typeof shareReads.titleKeys>['items'][number];

export function TitleKeys() {
  const { t } = useWords();
  const register = useRegisterKey();
  const add = (
    <Button type="primary" onClick={() => void register()}>
      {t('titleKeys.register')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('titleKeys.title')} note={t('titleKeys.note')} actions={add} />
      <PagedTable
        name="title-keys"
        label={t('titleKeys.title')}
        route={shareReads.titleKeys}
        columns={useColumns()}
        rowKey={(it: Key) => it.key}
        exportAs="title-keys"
        canSearch={false}
        empty={t('titleKeys.empty')}
      />
    </>
  );
}

function useColumns(): Column<Key>[] {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const act = useAct();
  const end = ({ party, key }: Key) =>
    act({
      title: t('titleKeys.end'),
      says: (
        <>
          <p>{t('titleKeys.endSays', { party })}</p>
          <p className="code">{key}</p>
        </>
      ),
      route: titleApi.endTitleKey,
      ask: { body: { party, key } },
      verb: t('titleKeys.end'),
      danger: true,
      done: () => t('titleKeys.ended'),
    });
  return [
    {
      key: 'party',
      title: t('titleKeys.party'),
      value: (it) => it.party,
      show: (it) => it.name ?? it.party,
      width: 180,
    },
    {
      key: 'state',
      title: t('titleKeys.state'),
      value: (it) => (it.endedAt ? 'over' : 'counts'),
      show: (it) => (
        <State mood={it.endedAt ? 'calm' : 'good'}>{t(it.endedAt ? 'titleKeys.over' : 'titleKeys.counts')}</State>
      ),
      width: 100,
    },
    {
      key: 'key',
      title: t('titleKeys.key'),
      value: (it) => it.key,
      show: (it) => (
        <span className="code" title={it.key}>
          {it.key}
        </span>
      ),
      width: 330,
    },
    {
      key: 'since',
      title: t('titleKeys.since'),
      value: (it) => it.since,
      show: (it) => dateTime(Date.parse(it.since)),
      width: 160,
    },
    {
      key: 'endedAt',
      title: t('titleKeys.until'),
      value: (it) => it.endedAt,
      show: (it) => (it.endedAt ? dateTime(Date.parse(it.endedAt)) : '–'),
      width: 160,
    },
    {
      key: 'act',
      title: t('titleKeys.end'),
      value: () => '',
      show: (it) =>
        !it.endedAt && (
          <Button size="small" danger onClick={() => void end(it)}>
            {t('titleKeys.end')}
          </Button>
        ),
      width: 100,
    },
  ];
}
