// What is mine: who I am here, how I prove it, and where I am signed in.
import './account.css';
import { App } from 'antd';
import { useSession } from '../../session/hooks.ts';
import { NewPassword } from '../../session/NewPassword.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { useWords } from '../../words/index.ts';
import { Consents } from './Consents.tsx';
import { Memberships } from './Memberships.tsx';
import { MyData } from './MyData.tsx';
import { Passkeys } from './Passkeys.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { Sessions } from './Sessions.tsx';

export function Account() {
  const { t } = useWords();
  const { me } = useSession();
  const { message } = App.useApp();
  return (
    <>
      <PageHead title={t('account.title')} note={me?.person ? `${me.person.name} · ${me.person.email}` : me?.name} />
      <div className="account">
        <Memberships />
        <Consents />
        <section className="panel" aria-labelledby="password">
          <h2 id="password">{t('account.password')}</h2>
          <p className="quiet">{t('account.passwordSays')}</p>
          <NewPassword onDone={() => void message.success(t('account.passwordChanged'))} />
        </section>
        <SecondFactor />
        <Passkeys />
        <Sessions />
        <MyData />
      </div>
    </>
  );
}
