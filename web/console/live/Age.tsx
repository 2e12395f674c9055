// How old a number is. Nothing is said of what is fresh: less than 5 s.
import { useSession } from '../session/hooks.ts';
import { useFormats, useWords } from '../words/index.ts';
import { useNetworkNow, useNow } from './clock.ts';

export const FRESH_MS = 5_000;

interface Props {
  /** When it was so, by the network's clock: an instant that the server told. */
  readonly at?: string | null | undefined;
  /** When it came, by the browser's clock in ms: for what the server gives no instant. */
  readonly came?: number | undefined;
  /** `at` is by the clock of the world even where the network's is simulated: of accounts and sessions. */
  readonly world?: boolean;
  /** Said even when it is fresh. */
  readonly always?: boolean;
}

export function Age({ at, came, world = false, always = false }: Props) {
  const { t } = useWords();
  const formats = useFormats();
  const { config } = useSession();
  const [network, browser] = [useNetworkNow(), useNow()];
  const since = at ? Date.parse(at) : came;
  if (since === undefined || Number.isNaN(since)) return null;
  const isNetworks = Boolean(at) && !world;
  const age = (isNetworks ? network : browser) - since;
  // A simulated network's five seconds pass sooner than the reader's.
  const agedMs = age / ((isNetworks && config?.clockSpeed) || 1);
  if (agedMs < FRESH_MS && !always) return null;
  const said = formats.ago(age);
  const exact = at ? formats.dateTime(since) : formats.seconds(since);
  return (
    <small className={`age${agedMs > 60_000 ? ' is-old' : ''}`} title={t('age.asOf', { time: exact })}>
      {said}
    </small>
  );
}
