// The form of a new key; what the server makes is shown once.
import { Checkbox, Input, Select } from 'antd';
import { useId } from 'react';
import { partyApi } from '#party/api';
import { useSession } from '../../session/hooks.ts';
import { Secret } from '../../shell/Secret.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { useWords } from '../../words/index.ts';

const scopes = ['read', 'operate', 'register', 'drive', 'mirror', 'admin'] as const;
type Scope = (typeof scopes)[number];

interface Draft {
  name: string;
  scopes: readonly Scope[];
  partyId: string | undefined;
  days: number | undefined;
}

export function useMakeKey(): () => Promise<unknown> {
  const { t } = useWords();
  const act = useAct();
  return () => {
    const draft: Draft = { name: '', scopes: ['read'], partyId: undefined, days: 90 };
    return act({
      title: t('apiKeys.make'),
      says: <KeyForm draft={draft} />,
      route: partyApi.makeKey,
      ask: () => ({
        body: {
          name: draft.name.trim(),
          scopes: [...draft.scopes],
          ...(draft.partyId && { partyId: draft.partyId as never }),
          ...(draft.days && { expiresAt: new Date(Date.now() + draft.days * 86_400_000).toISOString() }),
        },
      }),
      verb: t('apiKeys.make'),
      done: (it) => <Secret what={t('apiKeys.key')} value={it.key} />,
    });
  };
}

function KeyForm({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const id = useId();
  const { me } = useSession();
  const put = useDraft(draft);
  const parties = me?.memberships ?? [];
  return (
    <div className="form">
      <p>{t('apiKeys.makeSays')}</p>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('apiKeys.name')}</label>
        <Input
          id={`${id}-name`}
          maxLength={200}
          value={draft.name}
          onChange={(event) => put({ name: event.target.value })}
        />
      </div>
      <fieldset>
        <legend>{t('apiKeys.scopes')}</legend>
        <Checkbox.Group
          className="choices"
          value={[...draft.scopes]}
          onChange={(it) => put({ scopes: it })}
          options={scopes.map((it) => ({
            value: it,
            label: `${t(`apiKeys.scope.${it}`)} – ${t(`apiKeys.scopeSays.${it}`)}`,
          }))}
        />
      </fieldset>
      {parties.length > 1 && (
        <div className="field">
          <label htmlFor={`${id}-party`}>{t('apiKeys.party')}</label>
          <Select
            id={`${id}-party`}
            allowClear
            value={draft.partyId ?? null}
            onChange={(it) => put({ partyId: it ?? undefined })}
            options={parties.map((it) => ({ value: it.partyId, label: it.partyName }))}
          />
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-days`}>{t('apiKeys.expires')}</label>
        <Select
          id={`${id}-days`}
          value={draft.days ?? 0}
          onChange={(it) => put({ days: it || undefined })}
          options={[30, 90, 365, 0].map((it) => ({
            value: it,
            label: it === 0 ? t('apiKeys.unlimited') : t('apiKeys.days', { count: it }),
          }))}
        />
      </div>
    </div>
  );
}
