// API keys: made here and shown once, ended here.
import { Button } from 'antd';
import { partyApi } from '#party/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import type { Column } from '../../table/column.ts';
import { ListPage } from '../../table/ListPage.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { useMakeKey } from './useMakeKey.tsx';

type Key = Answer<typeof partyApi.keys>['items'][number];

export function Keys() {
  const { t } = useWords();
  const { dateTime, day } = useFormats();
  const reading = useRead(partyApi.keys, undefined, { everyMs: 30_000 });
  const makeKey = useMakeKey();
  const act = useAct();
  const revoke = (it: Key) =>
    act({
      title: t('apiKeys.revokeOf', { name: it.name }),
      says: t('apiKeys.revokeSays'),
      route: partyApi.revokeKey,
      ask: { params: { id: it.id } },
      danger: true,
      verb: t('apiKeys.revoke'),
      done: () => t('apiKeys.revoked'),
    });
  const instant = (it: string | null) => (it ? dateTime(Date.parse(it)) : '–');
  const columns: Column<Key>[] = [
    { key: 'name', title: t('apiKeys.name'), value: (it) => it.name, filter: 'text', width: 170 },
    {
      key: 'state',
      title: t('apiKeys.state'),
      value: (it) => (it.revokedAt ? 'revoked' : 'active'),
      show: (it) => (
        <State mood={it.revokedAt ? 'calm' : 'good'}>{t(it.revokedAt ? 'apiKeys.over' : 'apiKeys.active')}</State>
      ),
      choices: { active: t('apiKeys.active'), revoked: t('apiKeys.over') },
      filter: 'choice',
      width: 95,
    },
    {
      key: 'scopes',
      title: t('apiKeys.scopes'),
      value: (it) => it.scopes.join(', '),
      show: (it) => it.scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(', '),
      filter: 'text',
      width: 160,
    },
    {
      key: 'party',
      title: t('apiKeys.party'),
      value: (it) => it.partyId,
      show: (it) => it.partyId ?? t('apiKeys.platform'),
      filter: 'choice',
      width: 110,
    },
    { key: 'madeAt', title: t('apiKeys.made'), value: (it) => it.madeAt, show: (it) => instant(it.madeAt), width: 170 },
    {
      key: 'lastUsedAt',
      title: t('apiKeys.used'),
      value: (it) => it.lastUsedAt,
      show: (it) => (it.lastUsedAt ? <Age at={it.lastUsedAt} always /> : t('apiKeys.never')),
      width: 95,
    },
    {
      key: 'expiresAt',
      title: t('apiKeys.expires'),
      value: (it) => it.expiresAt,
      show: (it) => (it.expiresAt ? day(Date.parse(it.expiresAt)) : t('apiKeys.unlimited')),
      width: 110,
    },
    {
      key: 'act',
      title: t('apiKeys.act'),
      value: () => null,
      sort: false,
      show: (it) =>
        !it.revokedAt && (
          <Button size="small" danger onClick={() => void revoke(it)}>
            {t('apiKeys.revoke')}
          </Button>
        ),
      width: 110,
    },
  ];
  return (
    <ListPage
      name="keys"
      exportAs="keys"
      title={t('apiKeys.title')}
      note={t('apiKeys.note')}
      reading={reading}
      columns={columns}
      rowKey={(it) => it.id}
      add={{ label: t('apiKeys.make'), act: makeKey }}
    />
  );
}
