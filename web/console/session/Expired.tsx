// The session ended while the page was open: the sign-in lies over it, and nothing on the page is lost.
import { Modal } from 'antd';
import { lazy, Suspense } from 'react';
import { useWords } from '../words/index.ts';
import { useSession } from './hooks.ts';
import { goOnAlone } from './leave.ts';

/** Above every other dialog and what opens in it: they begin at 1000 and add 100 for each one inside another. */
const ABOVE_ALL = 5_000;

const SignIn = lazy(async () => ({ default: (await import('./SignIn.tsx')).SignIn }));

export function Expired() {
  const { t } = useWords();
  const { expired, me } = useSession();
  return (
    <Modal
      open={expired}
      title={t('signIn.expired')}
      footer={null}
      zIndex={ABOVE_ALL}
      maskClosable={false}
      keyboard={false}
      width={420}
      onCancel={() => void goOnAlone()}
      destroyOnHidden
    >
      <p className="quiet">{t('signIn.expiredSays')}</p>
      <Suspense>
        <SignIn email={me?.person?.email ?? ''} />
      </Suspense>
    </Modal>
  );
}
