// The twin of a station: what it is now, what it was asked, what it said, what an operator should look at.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { stationReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { AskSwap } from '../swap/request/AskSwap.tsx';
import { useReadAbout } from './about.ts';
import { Commands } from './commands/Commands.tsx';
import { Lines } from './Lines.tsx';
import { Messages } from './Messages.tsx';
import { Now } from './Now.tsx';
import './twin.css';

export type Twin = Answer<typeof stationReads.now>;

export function Station() {
  const { t } = useWords();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const isOurs = (it: Readonly<Record<string, unknown>>) => it.stationId === id;
  const { data, error, again, came } = useReadAbout(
    stationReads.now,
    { params: { stationId: id as never } },
    { station: (it) => it.id === id, swap: isOurs, anomaly: isOurs },
  );
  if (data) return <Known twin={data} came={came} error={error && again} />;
  return (
    <>
      <PageHead title={id} note={<Link to="/stations">{t('station.back')}</Link>} />
      {error?.status === 404 ? (
        <p className="notice">{t('station.unknown', { id })}</p>
      ) : error ? (
        <Failure error={error} again={again} />
      ) : (
        <Waiting />
      )}
    </>
  );
}

const tabs = ['now', 'commands', 'messages', 'anomalies'] as const;
type Tab = (typeof tabs)[number];

function Known({ twin, came, error }: { twin: Twin; came: number; error: (() => void) | undefined }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const [tab, setTab] = useTab();
  const [isAsking, setAsking] = useState(false);
  const mayAsk = useMay('swap.ask');
  const mayOperate = useMay('station.operate');
  const { station } = twin;
  const shown: Readonly<Record<Tab, React.ReactNode>> = {
    now: <Now twin={twin} />,
    commands: <Commands twin={twin} />,
    messages: <Messages stationId={station.id} />,
    anomalies: <Lines stationId={station.id} />,
  };
  return (
    <>
      <PageHead
        title={station.name}
        note={
          <span className="twin-note">
            <Link to="/stations">{t('station.back')}</Link>
            <code>{station.id}</code>
            <State mood={station.online ? 'good' : 'bad'}>
              {t(station.online ? 'station.online' : 'station.offline')}
            </State>
            {station.outOfUse && <State mood="bad">{t('station.outOfUse')}</State>}
            {!station.online &&
              (station.lastSeenAt ? (
                <span>
                  {t('station.lastSeen')} <Age at={station.lastSeenAt} always />
                </span>
              ) : (
                <span>{t('station.neverSeen')}</span>
              ))}
            <Age at={twin.at} came={came} />
          </span>
        }
        actions={
          <>
            <Link to={`/map?station=${encodeURIComponent(station.id)}`} className="plain-button">
              <Icon name="map" /> {t('station.onMap')}
            </Link>
            {mayAsk && !station.outOfUse && (
              <Button type="primary" icon={<Icon name="swaps" />} onClick={() => setAsking(true)}>
                {t('station.ask')}
              </Button>
            )}
          </>
        }
      />
      {station.outOfUse && (
        <p className="twin-offline" role="alert">
          <Icon name="warning" /> {t(`station.outOfUseNote.${station.outOfUse.why}`)}{' '}
          {t('station.outOfUseSince', { when: dateTime(Date.parse(station.outOfUse.since)) })}
        </p>
      )}
      {!station.online && (
        <p className="twin-offline" role="status">
          <Icon name="warning" /> {t('station.offlineNote')}
        </p>
      )}
      {error && (
        <p className="twin-offline" role="alert">
          <Icon name="warning" /> {t('failed.title')}{' '}
          <button type="button" className="plain-button" onClick={error}>
            {t('failed.again')}
          </button>
        </p>
      )}
      <Tabs
        className="twin-tabs"
        activeKey={tab}
        onChange={(it) => setTab(it as Tab)}
        destroyOnHidden
        items={tabs
          .filter((it) => it !== 'messages' || mayOperate)
          .map((it) => ({ key: it, label: t(`station.tabs.${it}`), children: shown[it] }))}
      />
      {isAsking && <AskSwap stationId={station.id} onEnd={() => setAsking(false)} />}
    </>
  );
}

/** Which part is shown stands in the address, so that a link to it is just a link. */
function useTab(): [Tab, (tab: Tab) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>;
  const navigate = useNavigate();
  const tab = tabs.find((it) => it === search.tab) ?? 'now';
  // What was asked of the tables of one part means nothing in another.
  return [tab, (to) => void navigate({ to: '.', search: { tab: to } as never, replace: true })];
}
