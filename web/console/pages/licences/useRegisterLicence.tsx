// The form of a new licence.
import { Input, Select } from 'antd';
import { useId } from 'react';
import { exchangeApi, type LicenceScope, licenceScopes } from '#exchange/api';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { useWords } from '../../words/index.ts';

interface Draft {
  partyId: string;
  scope: LicenceScope;
  number: string;
  issuedBy: string;
  fromAt: string;
  untilAt: string;
}

/** Days as the authority writes them are days in China. What is no day is sent as it is, and the server says so. */
function instantOf(day: string): never {
  const at = new Date(`${day.trim()}T00:00:00+08:00`);
  return (Number.isNaN(at.getTime()) ? day.trim() : at.toISOString()) as never;
}

export function useRegisterLicence(): () => Promise<unknown> {
  const { t } = useWords();
  const act = useAct();
  return () => {
    const draft: Draft = { partyId: '', scope: 'recycling', number: '', issuedBy: '', fromAt: '', untilAt: '' };
    return act({
      title: t('licences.add'),
      says: <LicenceForm draft={draft} />,
      route: exchangeApi.addLicence,
      ask: () => ({
        body: {
          ...draft,
          partyId: draft.partyId.trim() as never,
          fromAt: instantOf(draft.fromAt),
          untilAt: instantOf(draft.untilAt),
        },
      }),
      verb: t('licences.add'),
      done: () => t('licences.added'),
    });
  };
}

const texts = ['partyId', 'number', 'issuedBy', 'fromAt', 'untilAt'] as const;

function LicenceForm({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  return (
    <div className="form">
      <p>{t('licences.addSays')}</p>
      <div className="field">
        <label htmlFor={`${id}-scope`}>{t('licences.scope')}</label>
        <Select
          id={`${id}-scope`}
          value={draft.scope}
          onChange={(scope) => put({ scope })}
          options={licenceScopes.map((it) => ({ value: it, label: t(`licences.scopes.${it}`) }))}
        />
      </div>
      {texts.map((it) => (
        <div key={it} className="field">
          <label htmlFor={`${id}-${it}`}>{t(`licences.${it}`)}</label>
          <Input id={`${id}-${it}`} value={draft[it]} onChange={({ target }) => put({ [it]: target.value })} />
        </div>
      ))}
    </div>
  );
}
