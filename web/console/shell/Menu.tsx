// The pages that the one who sits here may see, by group.
import { Link } from '@tanstack/react-router';
import { groups, type PageDef } from '../page.ts';
import { pages } from '../pages.ts';
import { useSession } from '../session/hooks.ts';
import { mayIn } from '../session/session.ts';
import { useWords } from '../words/index.ts';
import { Icon } from './icons.tsx';
import { Preferences } from './Preferences.tsx';

export function Menu() {
  const { t } = useWords();
  const session = useSession();
  const shown = pages.filter((it) => it.group !== 'none' && mayIn(session, it.needs));
  return (
    <nav className="menu" id="menu" aria-label={t('menu.label')}>
      <div className="menu-preferences">
        <Preferences />
      </div>
      {groups.map((group) => {
        const items = shown.filter((it) => it.group === group);
        if (items.length === 0) return null;
        return (
          <section key={group}>
            <h2>{t(`group.${group}`)}</h2>
            <ul>
              {items.map((it) => (
                <Item key={it.path} page={it} />
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

function Item({ page }: { page: PageDef }) {
  const { t } = useWords();
  return (
    <li>
      <Link to={page.path} activeOptions={{ exact: page.path === '/', includeSearch: false }}>
        <Icon name={page.icon} />
        <span>{t(page.title)}</span>
      </Link>
    </li>
  );
}
