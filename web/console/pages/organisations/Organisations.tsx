// Who takes part: operators, banks, makers and the others. The platform registers them; each then invites its own people.
import { partyApi } from '#party/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { useSession } from '../../session/hooks.ts';
import type { Column } from '../../table/column.ts';
import { ListPage } from '../../table/ListPage.tsx';
import { useWords } from '../../words/index.ts';
import { useRegister } from './useRegister.tsx';

type Party = Answer<typeof partyApi.parties>['items'][number];

export function Organisations() {
  const { t } = useWords();
  const { me } = useSession();
  const reading = useRead(partyApi.parties, undefined, { everyMs: 30_000 });
  const register = useRegister();
  const isPlatform = me?.permissions['person.register']?.all === true;
  const columns: Column<Party>[] = [
    { key: 'id', title: t('organisations.id'), value: (it) => it.id, filter: 'text', width: 180 },
    { key: 'name', title: t('organisations.name'), value: (it) => it.name, filter: 'text', width: 260 },
    {
      key: 'kind',
      title: t('organisations.kind'),
      value: (it) => it.kind,
      show: (it) => t(`partyKind.${it.kind}`),
      choices: Object.fromEntries((reading.data?.items ?? []).map(({ kind }) => [kind, t(`partyKind.${kind}`)])),
      filter: 'choice',
      width: 150,
    },
  ];
  return (
    <ListPage
      name="organisations"
      exportAs="parties"
      title={t('organisations.title')}
      note={t('organisations.note')}
      reading={reading}
      columns={columns}
      rowKey={(it) => it.id}
      add={isPlatform ? { label: t('organisations.register'), act: register } : undefined}
    />
  );
}
