// Who belongs to the organisations within reach: members, what each may, and invitations that are open.
import { Button, Dropdown } from 'antd';
import { memberApi } from '#party/api';
import type { Answer } from '../../../shared/client.ts';
import { Age } from '../../live/Age.tsx';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { PagedTable } from '../../table/PagedTable.tsx';
import { useWords } from '../../words/index.ts';
import { Invitations } from './Invitations.tsx';
import { useErase } from './useErase.tsx';
import { useMemberActs } from './useMemberActs.tsx';

export type Member = Answer<typeof memberApi.members>['items'][number];

export function People() {
  const { t } = useWords();
  const acts = useMemberActs();
  const erase = useErase();
  const columns: Column<Member>[] = [
    { key: 'name', title: t('people.name'), value: (it) => it.name, width: 150 },
    { key: 'email', title: t('people.email'), value: (it) => it.email, width: 180 },
    { key: 'party', title: t('people.party'), value: (it) => it.partyName, width: 110 },
    {
      key: 'role',
      title: t('people.role'),
      value: (it) => it.role,
      show: (it) => [t(`role.${it.role}`), ...(it.regions ?? []), ...(it.stations ?? [])].join(' · '),
      width: 150,
    },
    {
      key: 'state',
      title: t('people.state'),
      value: (it) => stateOf(it),
      show: (it) => <State mood={moods[stateOf(it)]}>{t(`people.is.${stateOf(it)}`)}</State>,
      width: 145,
    },
    {
      key: 'twoFactor',
      title: t('people.second'),
      value: (it) => it.twoFactor,
      show: (it) => <State mood={it.twoFactor ? 'good' : 'low'}>{t(it.twoFactor ? 'table.yes' : 'table.no')}</State>,
      width: 110,
    },
    {
      key: 'lastSeen',
      title: t('people.lastSeen'),
      value: (it) => it.lastSeenAt,
      show: (it) => (it.lastSeenAt ? <Age at={it.lastSeenAt} world always /> : t('people.never')),
      width: 95,
    },
    {
      key: 'act',
      title: t('people.act'),
      value: () => null,
      show: (it) => (
        <Dropdown
          trigger={['click']}
          autoFocus
          menu={{
            items: [
              { key: 'change', label: t('people.change'), onClick: () => acts.change(it) },
              { key: 'reset', label: t('people.reset'), onClick: () => acts.reset(it) },
              { key: 'lock', label: t(it.lockedAt ? 'people.unlock' : 'people.lock'), onClick: () => acts.lock(it) },
              { key: 'remove', label: t('people.remove'), danger: true, onClick: () => acts.remove(it) },
              { key: 'erase', label: t('people.erase'), danger: true, onClick: () => void erase.member(it) },
            ],
          }}
        >
          <Button size="small" aria-haspopup="menu" aria-label={t('people.actsFor', { name: it.name })}>
            {t('people.act')} <Icon name="down" />
          </Button>
        </Dropdown>
      ),
      width: 100,
    },
  ];
  return (
    <>
      <PageHead
        title={t('people.title')}
        note={t('people.note')}
        actions={
          <Button type="primary" icon={<Icon name="add" />} disabled={!acts.canInvite} onClick={() => acts.invite()}>
            {t('people.invite')}
          </Button>
        }
      />
      <Invitations />
      <PagedTable
        name="people"
        label={t('people.title')}
        route={memberApi.members}
        columns={columns}
        rowKey={(it: Member) => it.id}
        canSearch={false}
        exportAs="members"
      />
    </>
  );
}

const moods = { locked: 'bad', due: 'low', active: 'good' } as const;
const stateOf = (it: Member): keyof typeof moods => (it.lockedAt ? 'locked' : it.passwordDue ? 'due' : 'active');
