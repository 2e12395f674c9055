// Back through the last 24 hours, snapshot by snapshot; the right end is now.
import { Button } from 'antd';
import { useEffect, useId, useState } from 'react';
import { mapApi } from '#insight/api';
import { callRoute } from '../../../../shared/client.ts';
import { useRead } from '../../../api/read.ts';
import { useNetworkNow } from '../../../live/clock.ts';
import { useFormats, useWords } from '../../../words/index.ts';
import type { Board } from '../data/board.ts';

const DAY_MS = 24 * 3_600_000;
/** A hand that moves the knob is not followed at every step. */
const SETTLE_MS = 120;
const PLAY_MS = 900;

export function Scrubber({ board }: { board: Board }) {
  const { t } = useWords();
  const formats = useFormats();
  const label = useId();
  const now = useNetworkNow(30_000);
  const { data } = useRead(mapApi.times, undefined, { everyMs: 60_000 });
  const times = (data?.times ?? []).filter((it) => Date.parse(it) >= now - DAY_MS);
  /** Undefined: now. */
  const [time, setTime] = useState<string>();
  const [isPlaying, setPlaying] = useState(false);
  const [failed, setFailed] = useState('');
  const place =
    time === undefined
      ? times.length
      : Math.max(
          0,
          times.findLastIndex((it) => it <= time),
        );
  const go = (to: number) => setTime(to >= times.length ? undefined : times[Math.max(0, to)]);

  useEffect(() => {
    setFailed('');
    if (time === undefined) return board.showNow();
    const given = new AbortController();
    const timer = setTimeout(() => {
      callRoute(mapApi.history, { query: { at: time }, signal: given.signal }).then(
        (map) => given.signal.aborted || board.showThen(map),
        (error: unknown) => given.signal.aborted || setFailed(String((error as Error).message)),
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
  }, [time, board]);

  useEffect(() => {
    if (!isPlaying) return;
    if (place >= times.length) return setPlaying(false);
    const timer = setTimeout(() => go(place + 1), PLAY_MS);
    return () => clearTimeout(timer);
  });

  const said = time === undefined ? t('map.now') : t('map.historyAt', { time: formats.time(Date.parse(time)) });
  const first = times[0];
  return (
    <div className="scrubber">
      <Button
        disabled={times.length === 0}
        onClick={() => {
          if (!isPlaying && place >= times.length) go(0);
          setPlaying(!isPlaying);
        }}
      >
        {t(isPlaying ? 'map.pause' : 'map.play')}
      </Button>
      <label htmlFor={label}>{t('map.scrubber')}</label>
      <small className="quiet">{first ? formats.time(Date.parse(first)) : t('map.noHistory')}</small>
      <input
        id={label}
        type="range"
        min={0}
        max={Math.max(1, times.length)}
        step={1}
        value={times.length === 0 ? 1 : place}
        disabled={times.length === 0}
        aria-valuetext={said}
        onChange={(event) => {
          setPlaying(false);
          go(Number(event.target.value));
        }}
      />
      <span className="scrubber-said" aria-live="polite">
        {failed ? t('map.historyFailed', { why: failed }) : said}
      </span>
      <Button type="primary" disabled={time === undefined} onClick={() => setTime(undefined)}>
        {t('map.backToNow')}
      </Button>
    </div>
  );
}
