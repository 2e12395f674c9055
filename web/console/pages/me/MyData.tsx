// What is kept of me: to take along as a file, and to have erased.
import { Button, Input } from 'antd';
import { useId } from 'react';
import { erasureApi } from '#erasure/api';
import { callRoute } from '../../../shared/client.ts';
import { useSession } from '../../session/hooks.ts';
import { useTry } from '../../session/useTry.ts';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { Wrong } from '../../shell/Wrong.tsx';
import { saveJson } from '../../table/download.ts';
import { useWords } from '../../words/index.ts';

export function MyData() {
  const { t } = useWords();
  const { me } = useSession();
  const act = useAct();
  const { attempt, isTrying, wrong } = useTry();
  const download = () =>
    attempt(async () => saveJson(await callRoute(erasureApi.takeOut, {}), 'packloop-my-data.json'));
  const erase = () => {
    const draft = { email: '' };
    void act({
      title: t('account.erase'),
      says: <Sure draft={draft} />,
      route: erasureApi.eraseMe,
      ask: () => ({ body: { ...draft } }),
      verb: t('account.erase'),
      danger: true,
      // Whoever was erased is nobody: nothing of him may stay on the screen.
      after: () => location.assign('/console/sign-in'),
      done: () => t('account.erased'),
    });
  };
  if (!me?.person) return null;
  return (
    <section className="panel" aria-labelledby="my-data">
      <h2 id="my-data">{t('account.data')}</h2>
      <p className="quiet">{t('account.dataSays')}</p>
      <div className="row">
        <Button disabled={isTrying} onClick={() => void download()}>
          {t('account.download')}
        </Button>
        <Button danger onClick={erase}>
          {t('account.erase')}
        </Button>
      </div>
      <Wrong>{wrong}</Wrong>
    </section>
  );
}

/** What will happen, and the email to be sure. */
function Sure({ draft }: { draft: { email: string } }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  return (
    <div className="form">
      <p>{t('account.eraseSays')}</p>
      <p>{t('account.eraseStays')}</p>
      <div className="field">
        <label htmlFor={id}>{t('account.eraseEmail')}</label>
        <Input
          id={id}
          value={draft.email}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => put({ email: event.target.value })}
        />
      </div>
    </div>
  );
}
