// Who sits here: account, acting organisation, sign-out; or the way in.
import { Link, useNavigate } from '@tanstack/react-router';
import { App, Dropdown } from 'antd';
import { useSession } from '../session/hooks.ts';
import { leave } from '../session/leave.ts';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';

export function You() {
  const { t } = useWords();
  const { me } = useSession();
  const navigate = useNavigate();
  const { message } = App.useApp();
  if (!me)
    return (
      <Link to="/sign-in" className="plain-button is-main">
        {t('you.signIn')}
      </Link>
    );
  const acting = me.memberships.find((it) => it.id === me.acting);
  const name = me.person?.name ?? me.name;
  const signOut = () =>
    leave().then(
      () => navigate({ to: '/' }),
      () => message.error(t('failed.unreachable')),
    );
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        items: [
          ...(acting
            ? [{ key: 'as', disabled: true, label: `${acting.partyName} · ${t(`role.${acting.role}`)}` }]
            : []),
          { key: 'me', label: t('account.title'), onClick: () => void navigate({ to: '/me' }) },
          { key: 'out', label: t('you.signOut'), onClick: () => void signOut() },
        ],
      }}
    >
      <button type="button" className="plain-button" aria-haspopup="menu" aria-label={`${t('you.menu')}: ${name}`}>
        <Icon name="account" /> <span className="wide you-name">{name}</span>
      </button>
    </Dropdown>
  );
}
