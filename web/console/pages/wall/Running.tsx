// The swaps under way, the furthest on top; those only reserved are counted.
import { insightApi } from '#insight/api';
import { steps } from '#swap/api';
import { useRead } from '../../api/read.ts';
import { Age } from '../../live/Age.tsx';
import { useNetworkNow } from '../../live/clock.ts';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Stations } from '../map/data/board.ts';
import { isStep, moodOf, stateInWords } from '../swap/said.ts';

const MOST = 8;
/** Reservations may be newer than all others. */
const LOOK_AT = 100;
const AGAIN_MS = 4_000;

export function Running({ stations }: { stations: Stations }) {
  const { t } = useWords();
  const { lasting } = useFormats();
  const now = useNetworkNow();
  const query = { open: 'true', limit: LOOK_AT } as const;
  const { data, came } = useRead(insightApi.swaps, { query }, { on: ['swap'], everyMs: AGAIN_MS });
  const nameOf = (id: string) => stations.name[stations.at.get(id) ?? -1] ?? id;
  const open = data?.items ?? [];
  const running = open
    .filter((it) => it.state !== 'reserved')
    .toSorted((a, b) => progressOf(b.state) - progressOf(a.state));
  return (
    <section className="wall-list" aria-labelledby="wall-running">
      <h2 id="wall-running">
        {t('wall.running')}{' '}
        {open.length > running.length && (
          <span className="quiet">{t('wall.reserved', { many: open.length - running.length })}</span>
        )}{' '}
        <Age came={came || undefined} />
      </h2>
      {data && running.length === 0 && <p className="quiet">{t('wall.noneRunning')}</p>}
      <ol>
        {running.slice(0, MOST).map((it) => (
          <li key={it.id}>
            <strong>{nameOf(it.stationId)}</strong>
            <span className="wall-lasting">{lasting(now - Date.parse(it.startedAt))}</span>
            <State mood={moodOf(it.state)}>{stateInWords(t, it.state)}</State>
            <Way state={it.state} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How far it is: thirteen steps in a line. The words beside it say the same. */
function Way({ state }: { state: string }) {
  return (
    <span className="wall-way" aria-hidden="true">
      <span style={{ width: `${(progressOf(state) / steps.length) * 100}%` }} />
    </span>
  );
}

const progressOf = (state: string): number => (isStep(state) ? steps.indexOf(state) + 1 : 0);
