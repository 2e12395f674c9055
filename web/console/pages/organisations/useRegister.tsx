// The form of a new organisation.
import { Input, Select } from 'antd';
import { useId } from 'react';
import { type PartyKind, partyApi, partyKinds } from '#party/api';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { useWords } from '../../words/index.ts';

interface Draft {
  id: string;
  name: string;
  kind: PartyKind;
}

/** There is one platform, and it is there already. */
const kinds = partyKinds.filter((it) => it !== 'platform');

export function useRegister(): () => Promise<unknown> {
  const { t } = useWords();
  const act = useAct();
  return () => {
    const draft: Draft = { id: '', name: '', kind: 'operator' };
    return act({
      title: t('organisations.register'),
      says: <PartyForm draft={draft} />,
      route: partyApi.addParties,
      ask: () => ({ body: { id: draft.id.trim() as never, name: draft.name.trim(), kind: draft.kind } }),
      verb: t('organisations.register'),
      done: () => t('organisations.registered', { name: draft.name.trim() }),
    });
  };
}

function PartyForm({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  return (
    <div className="form">
      <p>{t('organisations.registerSays')}</p>
      <div className="field">
        <label htmlFor={`${id}-id`}>{t('organisations.id')}</label>
        <Input
          id={`${id}-id`}
          maxLength={64}
          value={draft.id}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => put({ id: target.value })}
        />
        <small id={`${id}-hint`} className="quiet">
          {t('organisations.idSays')}
        </small>
      </div>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('organisations.name')}</label>
        <Input
          id={`${id}-name`}
          maxLength={200}
          value={draft.name}
          onChange={({ target }) => put({ name: target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-kind`}>{t('organisations.kind')}</label>
        <Select
          id={`${id}-kind`}
          value={draft.kind}
          onChange={(kind) => put({ kind })}
          options={kinds.map((it) => ({ value: it, label: t(`partyKind.${it}`) }))}
        />
      </div>
    </div>
  );
}
