// The form of a new key: made in this browser, its secret half kept as a file; or the public half of one made elsewhere.
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { titleApi } from '#pack/api';
import { useSession } from '../../session/hooks.ts';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { saveText } from '../../table/download.ts';
import { useWords } from '../../words/index.ts';
import { makeKeyPair } from './keyPair.ts';

interface Draft {
  party: string;
  key: string;
}

export function useRegisterKey(): () => Promise<unknown> {
  const { t } = useWords();
  const { me } = useSession();
  const act = useAct();
  return () => {
    // The platform has no packs of its own: it lets others in.
    const isPlatform = me?.permissions['member.manage']?.all === true;
    const draft: Draft = { party: (!isPlatform && me?.acting) || '', key: '' };
    return act({
      title: t('titleKeys.register'),
      says: <KeyForm draft={draft} />,
      route: titleApi.addTitleKey,
      ask: () => ({ body: { party: draft.party.trim() as never, key: draft.key.trim() } }),
      verb: t('titleKeys.register'),
      done: () => t('titleKeys.registered', { party: draft.party.trim() }),
    });
  };
}

function KeyForm({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  const [made, setMade] = useState<'saved' | 'no-ed25519'>();
  const party = draft.party.trim();
  const make = async () => {
    try {
      const { publicKey, file } = await makeKeyPair(`${party}/title`);
      saveText(file, `${party}-title.key`);
      put({ key: publicKey });
      setMade('saved');
    } catch {
      setMade('no-ed25519');
    }
  };
  return (
    <div className="form">
      <p>{t('titleKeys.registerSays')}</p>
      <div className="field">
        <label htmlFor={`${id}-party`}>{t('titleKeys.party')}</label>
        <Input
          id={`${id}-party`}
          maxLength={64}
          value={draft.party}
          autoComplete="off"
          onChange={({ target }) => put({ party: target.value })}
        />
      </div>
      <div className="field">
        <Button disabled={!/^[\w.-]+$/.test(party)} onClick={() => void make()}>
          {t('titleKeys.make')}
        </Button>
        <small className="quiet">{t('titleKeys.makeSays')}</small>
        {made && (
          <p role="status" className={made === 'saved' ? '' : 'wrong'}>
            {t(`titleKeys.made.${made}`, { file: `${party}-title.key` })}
          </p>
        )}
      </div>
      <div className="field">
        <label htmlFor={`${id}-key`}>{t('titleKeys.publicKey')}</label>
        <Input.TextArea
          id={`${id}-key`}
          rows={3}
          maxLength={300}
          className="code"
          value={draft.key}
          onChange={({ target }) => put({ key: target.value })}
        />
      </div>
    </div>
  );
}
