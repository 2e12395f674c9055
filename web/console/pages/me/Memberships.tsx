import { Button } from 'antd';
import { memberApi } from '#party/api';
import { callRoute } from '../../../shared/client.ts';
import { useSession } from '../../session/hooks.ts';
import { arrived } from '../../session/signIn.ts';
import { useTry } from '../../session/useTry.ts';
import { Wrong } from '../../shell/Wrong.tsx';
import { useWords } from '../../words/index.ts';

/** In which organisations I am what, and for which of them I act now. */
export function Memberships() {
  const { t } = useWords();
  const { me } = useSession();
  const { attempt, isTrying, wrong } = useTry();
  const act = (membershipId: string) =>
    attempt(async () => {
      await callRoute(memberApi.actAs, { body: { membershipId } });
      await arrived();
    });
  return (
    <section className="panel" aria-labelledby="memberships">
      <h2 id="memberships">{t('account.memberships')}</h2>
      <ul>
        {me?.memberships.map((it) => (
          <li key={it.id}>
            <div>
              <strong>{it.partyName}</strong>
              <div className="quiet">
                {t(`role.${it.role}`)} · {t(`partyKind.${it.kind}`)}
                {it.regions && ` · ${it.regions.join(', ')}`}
                {it.stations && ` · ${it.stations.join(', ')}`}
              </div>
            </div>
            {me.acting === it.id ? (
              <span className="quiet">{t('account.acting')}</span>
            ) : (
              <Button disabled={isTrying} onClick={() => void act(it.id)}>
                {t('account.actAs')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Wrong>{wrong}</Wrong>
    </section>
  );
}
