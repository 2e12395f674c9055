import { useNetworkNow } from '../../live/clock.ts';
import { useFormats, useWords } from '../../words/index.ts';

/** As long as the hour alone says which day is meant. */
const SOON_MS = 12 * 3_600_000;

/** When a swap lapses if nothing more happens. */
export function Until({ at }: { at: string }) {
  const { t } = useWords();
  const formats = useFormats();
  const ms = Date.parse(at);
  const isSoon = ms - useNetworkNow(60_000) < SOON_MS;
  return t('station.running.until', { time: isSoon ? formats.seconds(ms) : formats.dateTime(ms) });
}
