// Who may be given packs for what.
import { Button } from 'antd';
import { exchangeApi, licenceScopes } from '#exchange/api';
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
import { useRegisterLicence } from './useRegisterLicence.tsx';

type Licence = Answer<typeof reportReads.licences>['items'][number];

export function Licences() {
  const { t } = useWords();
  const mayTry = useMay('member.manage');
  const register = useRegisterLicence();
  const add = (
    <Button type="primary" onClick={() => void register()}>
      {t('licences.add')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('licences.title')} note={t('licences.note')} actions={mayTry && add} />
      <PagedTable
        name="licences"
        label={t('licences.title')}
        route={reportReads.licences}
        columns={useColumns(mayTry)}
        rowKey={(it: Licence) => it.id}
        exportAs="licences"
        empty={t('licences.empty')}
      />
    </>
  );
}

function useColumns(mayRevoke: boolean): Column<Licence>[] {
  const { t } = useWords();
  const { date } = useFormats();
  const act = useAct();
  const revoke = ({ id, partyId }: Licence) => {
    const draft = { why: '' };
    return act({
      title: t('licences.revoke'),
      says: <Reason says={t('licences.revokeSays', { party: partyId })} label={t('licences.why')} draft={draft} />,
      route: exchangeApi.revokeLicence,
      ask: () => ({ params: { id }, body: { why: draft.why } }),
      verb: t('licences.revoke'),
      danger: true,
    });
  };
  const columns: Column<Licence>[] = [
    { key: 'partyId', title: t('licences.partyId'), value: (it) => it.partyId, width: 180 },
    {
      key: 'scope',
      title: t('licences.scope'),
      value: (it) => it.scope,
      show: (it) => t(`licences.scopes.${it.scope}`),
      filter: 'choice',
      choices: Object.fromEntries(licenceScopes.map((it) => [it, t(`licences.scopes.${it}`)])),
      width: 130,
    },
    {
      key: 'valid',
      title: t('licences.valid'),
      value: (it) => it.valid,
      show: (it) => (
        <State mood={it.valid ? 'good' : 'calm'}>
          {it.revokedWhy
            ? t('licences.revoked', { why: it.revokedWhy })
            : it.valid
              ? t('licences.yes')
              : t('licences.no')}
        </State>
      ),
      width: 170,
    },
    { key: 'number', title: t('licences.number'), value: (it) => it.number, width: 150 },
    { key: 'issuedBy', title: t('licences.issuedBy'), value: (it) => it.issuedBy, width: 170 },
    {
      key: 'fromAt',
      title: t('licences.from'),
      value: (it) => it.fromAt,
      show: (it) => date(Date.parse(it.fromAt)),
      width: 130,
    },
    {
      key: 'untilAt',
      title: t('licences.until'),
      value: (it) => it.untilAt,
      show: (it) => date(Date.parse(it.untilAt)),
      width: 130,
    },
  ];
  if (!mayRevoke) return columns;
  const button = (it: Licence) =>
    it.valid && (
      <Button size="small" onClick={() => void revoke(it)}>
        {t('licences.revoke')}
      </Button>
    );
  return [...columns, { key: 'act', title: t('licences.revoke'), value: () => '', show: button, width: 110 }];
}
