// Somebody with a one-time password: it is changed before anything else works.
import { Button } from 'antd';
import { Preferences } from '../shell/Preferences.tsx';
import { useWords } from '../words/index.ts';
import { leave } from './leave.ts';
import { NewPassword } from './NewPassword.tsx';

export function Due() {
  const { t } = useWords();
  return (
    <div className="gate">
      <div className="gate-top">
        <Preferences />
      </div>
      <div className="panel gate-panel">
        <p className="brand">
          {t('product')} <span>{t('console')}</span>
        </p>
        <h1>{t('signIn.due')}</h1>
        <p className="quiet">{t('signIn.dueSays')}</p>
        <NewPassword />
        <Button type="text" onClick={() => void leave()}>
          {t('you.signOut')}
        </Button>
      </div>
    </div>
  );
}
