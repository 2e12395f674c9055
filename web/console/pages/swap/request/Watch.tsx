// A swap that was asked for just now, step by step, with what the station answered.
import { Link } from '@tanstack/react-router';
import { swapReads } from '#insight/api';
import { type stationApi as Stations, stationApi } from '#station/api';
import type { swapApi } from '#swap/api';
import type { Answer } from '../../../../shared/client.ts';
import { useRead } from '../../../api/read.ts';
import { useMay } from '../../../session/hooks.ts';
import { State } from '../../../shell/State.tsx';
import { useWords } from '../../../words/index.ts';
import { useReadAbout } from '../../station/about.ts';
import { Outcome } from '../../station/commands/Outcome.tsx';
import { isOver } from '../../station/commands/outcome.ts';
import { Problems } from '../Problems.tsx';
import { Progress, Steps } from '../Steps.tsx';
import { moodOf, stateInWords, waitInWords } from '../said.ts';

type Asked = Answer<typeof swapApi.request>;

export function Watch({ swap, onLeave }: { swap: Asked; onLeave: () => void }) {
  const { t } = useWords();
  const { data } = useReadAbout(
    swapReads.story,
    { params: { swapId: swap.id } },
    { swap: (news) => news.id === swap.id },
  );
  const now = data?.swap ?? swap;
  const next = data?.steps.find((it) => it.isNext)?.step;
  return (
    <div className="act">
      <p role="status" className="headline-state">
        <State mood={moodOf(now.state)}>{stateInWords(t, now.state)}</State>
        {data && <Progress steps={data.steps} />}
      </p>
      <p>{t('swap.request.sent')}</p>
      {data?.waitingFor && !now.endedAt && (
        <p>
          {t('station.running.waiting')}: {waitInWords(t, { state: now.state, next, said: data.waitingFor })}
        </p>
      )}
      <StationSays swap={swap} />
      {now.problems.length > 0 && <Problems problems={now.problems} />}
      {data && <Steps steps={data.steps} isOver={now.endedAt !== null} isShort />}
      <p>
        <Link to={`/swaps/${swap.id}`} onClick={onLeave}>
          {t('swap.request.watch')}
        </Link>
      </p>
    </div>
  );
}

type Command = Answer<typeof Stations.commands>['items'][number];

/** What became of RequestBatterySwap: a station that is away hears of it later, one that is silent never answers. */
function StationSays({ swap }: { swap: Asked }) {
  const { t } = useWords();
  const may = useMay('station.see');
  const { data } = useRead(
    stationApi.commands,
    { params: { stationId: swap.stationId }, query: { limit: 20 } },
    { enabled: may, everyMs: 1_500 },
  );
  const command = data?.items.find((it) => isAbout(it, swap.requestId));
  if (!command) return null;
  return (
    <section aria-label={t('swap.request.answer')}>
      <h3>{t('swap.request.answer')}</h3>
      <Outcome command={command} isShort={!isOver(command)} />
    </section>
  );
}

const isAbout = ({ action, payload }: Command, requestId: number | null): boolean =>
  action === 'RequestBatterySwap' && payload.requestId === requestId;
