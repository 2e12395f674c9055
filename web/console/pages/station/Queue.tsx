// Who is expected and who waits, in the order in which they came; no person is named.
import { Link } from '@tanstack/react-router';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { stateInWords } from '../swap/said.ts';
import type { Twin } from './Station.tsx';

const known = ['reserved', 'arrived', 'identified', 'authorised'] as const;

export function Queue({ queue }: { queue: Twin['queue'] }) {
  const { t } = useWords();
  const { time } = useFormats();
  if (queue.length === 0) return <p className="quiet">{t('station.queue.none')}</p>;
  return (
    <ul className="lines">
      {queue.map((it) => {
        const state = known.find((word) => word === it.state);
        return (
          <li key={it.swapId}>
            <Link to={`/swaps/${it.swapId}`}>
              <State mood={it.state === 'reserved' ? 'calm' : 'going'}>
                {state ? t(`station.queue.is.${state}`) : stateInWords(t, it.state)}
              </State>
            </Link>{' '}
            <span className="quiet">
              {t('station.queue.since')} <Age at={it.since} always />
              {it.packs.map((pack) => ` · ${t('station.queue.slot', { no: pack.slotNo })}`)}
              {it.expiresAt && ` · ${t('station.queue.until', { time: time(Date.parse(it.expiresAt)) })}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
