// One driver: his tokens, each of which can be blocked and let go again.
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { peopleReads } from '#insight/api';
import { partyApi } from '#party/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { useMay } from '../../session/hooks.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { useWords } from '../../words/index.ts';
import { useErase } from '../people/useErase.tsx';
import type { Driver } from './Drivers.tsx';

type Token = Answer<typeof peopleReads.tokens>['items'][number];

export function DriverDrawer({ driver, onClose }: { driver: Driver; onClose: () => void }) {
  const { t } = useWords();
  const mayErase = useMay('person.register');
  const erase = useErase();
  const { data, error, again } = useRead(peopleReads.tokens, { query: { driver: driver.id, limit: 100 } });
  return (
    <Drawer open onClose={onClose} title={driver.name} size={480}>
      <dl className="facts">
        <dt>{t('drivers.id')}</dt>
        <dd>{driver.id}</dd>
        <dt>{t('drivers.payment')}</dt>
        <dd>{t(`drivers.${driver.payment}`)}</dd>
        <dt>{t('drivers.vehicles')}</dt>
        <dd>
          {driver.vins.map((vin) => (
            <div key={vin}>
              <Link to={`/vehicles?q=${vin}`}>{vin}</Link>
            </div>
          ))}
        </dd>
      </dl>
      <div className="panel-head spaced">
        <h2>{t('drivers.tokens')}</h2>
        <ExportButton table="tokens" query={() => ({ driver: driver.id })} />
      </div>
      {error && !data ? <Failure error={error} again={again} /> : !data && <Waiting />}
      <ul className="tokens">
        {data?.items.map((it) => (
          <TokenLine key={it.idToken} token={it} />
        ))}
      </ul>
      {mayErase && (
        <div className="spaced">
          <Button danger onClick={() => void erase.driver(driver).then((done) => done && onClose())}>
            {t('people.erase')}
          </Button>
        </div>
      )}
    </Drawer>
  );
}

const moods = { active: 'good', blocked: 'bad', expired: 'calm' } as const;

function TokenLine({ token }: { token: Token }) {
  const { t } = useWords();
  const may = useMay('token.block');
  const act = useAct();
  const to = token.status === 'active' ? 'blocked' : 'active';
  const ask = () =>
    act({
      title: t(to === 'blocked' ? 'drivers.block' : 'drivers.unblock'),
      says: t(to === 'blocked' ? 'drivers.blockSays' : 'drivers.unblockSays', { token: token.idToken }),
      route: partyApi.setTokenStatus,
      ask: { params: { idToken: token.idToken }, body: { status: to } },
      ...(to === 'blocked' && { danger: true as const }),
      done: (it) => t(`drivers.status.${it.status ?? 'active'}`),
    });
  return (
    <li>
      <div>
        <code>{token.idToken}</code> <small className="quiet">{token.type}</small>
        <div>
          <State mood={moods[token.status]}>{t(`drivers.status.${token.status}`)}</State>
        </div>
      </div>
      {may && token.status !== 'expired' && (
        <Button danger={to === 'blocked'} onClick={() => void ask()}>
          {t(to === 'blocked' ? 'drivers.block' : 'drivers.unblock')}
        </Button>
      )}
    </li>
  );
}
