// What was asked of a station, by whom, and what came of it; newest first.
import { useState } from 'react';
import { stationApi } from '#station/api';
import { useRead } from '../../../api/read.ts';
import { Age } from '../../../live/Age.tsx';
import { Failure } from '../../../shell/Failure.tsx';
import { Waiting } from '../../../shell/Waiting.tsx';
import type { en } from '../../../words/en/index.ts';
import { type T, useFormats, useWords } from '../../../words/index.ts';
import { AskedBy, AskedFor } from './AskedBy.tsx';
import { actions } from './forms.ts';
import { Outcome } from './Outcome.tsx';
import type { Command } from './outcome.ts';

const PAGE = 20;
const MOST = 1_000;

export function CommandHistory({ stationId }: { stationId: string }) {
  const { t } = useWords();
  const [limit, setLimit] = useState(PAGE);
  const { data, error, again } = useRead(
    stationApi.commands,
    { params: { stationId: stationId as never }, query: { limit } },
    { everyMs: 3_000 },
  );
  if (error && !data) return <Failure error={error} again={again} />;
  if (!data) return <Waiting />;
  if (data.items.length === 0) return <p className="quiet">{t('station.commands.historyEmpty')}</p>;
  return (
    <>
      <ul className="lines command-history">
        {data.items.map((it) => (
          <Asked key={it.id} command={it} />
        ))}
      </ul>
      {data.nextCursor !== undefined && limit < MOST && (
        <button type="button" className="plain-button" onClick={() => setLimit(Math.min(MOST, limit * 5))}>
          {t('station.commands.more')}
        </button>
      )}
    </>
  );
}

function Asked({ command }: { command: Command }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  return (
    <li>
      <details>
        <summary>
          <strong>{actionInWords(t, command.action)}</strong>{' '}
          <span className="quiet">
            {t('station.commands.by')} <AskedBy name={command.askedBy} called={command.askedByName} /> ·{' '}
            <time dateTime={command.askedAt} title={dateTime(Date.parse(command.askedAt))}>
              <Age at={command.askedAt} always />
            </time>
          </span>
          <Outcome command={command} isShort />
        </summary>
        <AskedFor name={command.askedBy} />
        <h4>{t('station.commands.payload')}</h4>
        <pre className="json">{JSON.stringify(command.payload, null, 2)}</pre>
        {command.answer && (
          <>
            <h4>{t('station.commands.answer')}</h4>
            <pre className="json">{JSON.stringify(command.answer, null, 2)}</pre>
          </>
        )}
        {command.error && <p lang="en">{command.error}</p>}
      </details>
    </li>
  );
}

type Name = keyof typeof en.station.commands.name;
const names = new Set<string>([...actions, 'RequestBatterySwap'] satisfies Name[]);

const actionInWords = (t: T, action: string): string =>
  names.has(action) ? `${t(`station.commands.name.${action as Name}`)} (${action})` : action;
