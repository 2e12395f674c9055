// Invitations that nobody has accepted yet.
import { Button } from 'antd';
import { memberApi } from '#party/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { useAct } from '../../shell/useAct.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Invitation = Answer<typeof memberApi.invitations>['items'][number];

export function Invitations() {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const { data } = useRead(memberApi.invitations);
  const act = useAct();
  if (!data || data.items.length === 0) return null;
  const takeBack = (it: Invitation) =>
    act({
      title: t('people.takeBack'),
      says: t('people.takeBackSays'),
      route: memberApi.takeInvitationBack,
      ask: { params: { id: it.id } },
      danger: true,
      verb: t('people.takeBack'),
    });
  return (
    <section className="panel" aria-labelledby="invitations">
      <div className="panel-head">
        <h2 id="invitations">{t('people.invitations')}</h2>
        <ExportButton table="invitations" query={() => ({})} />
      </div>
      <ul className="tokens">
        {data.items.map((it) => (
          <li key={it.id}>
            <div>
              <strong>{it.name ?? t('people.anybody')}</strong> · {it.partyName} · {t(`role.${it.role}`)}
              <div className="quiet">{t('people.until', { time: dateTime(Date.parse(it.expiresAt)) })}</div>
            </div>
            <Button onClick={() => void takeBack(it)}>{t('people.takeBack')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
