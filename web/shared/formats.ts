// Numbers, money and times as a reader of one language expects them.

export interface Formats {
  readonly count: (value: number) => string;
  /** Whole percent of 0 to 100. */
  readonly percent: (value: number) => string;
  /** Wh as kWh, MWh or GWh, whichever reads best. */
  readonly energy: (wh: number) => string;
  /** W as kW or MW. */
  readonly power: (w: number) => string;
  readonly yuan: (fen: number) => string;
  /** Yuan without fen, for large sums. */
  readonly wholeYuan: (fen: number) => string;
  /** Hours and minutes of an instant in the network's zone. */
  readonly time: (ms: number) => string;
  readonly seconds: (ms: number) => string;
  readonly date: (ms: number) => string;
  /** Day and seconds of an instant in the network's zone, the same in every language: 2026-11-22 16:04:05. */
  readonly dateTime: (ms: number) => string;
  /** 2026-11-22. */
  readonly day: (ms: number) => string;
  /** Any number, with at most so many digits behind the point. */
  readonly number: (value: number, digits?: number) => string;
  /** How long ago, in seconds, minutes or hours. */
  readonly ago: (ms: number) => string;
  /** A length of time, as 4:05. */
  readonly lasting: (ms: number) => string;
  readonly times: (value: number) => string;
}

/** The network's days begin at midnight here; stations say nothing of their zones so far. */
export const NETWORK_ZONE = 'Asia/Shanghai';

const made = new Map<string, Formats>();

/** The same for the same language and zone: a browser takes milliseconds to make them, and each cell of a table asks. */
export function formatsFor(language: string, timeZone: string = NETWORK_ZONE): Formats {
  const key = `${language} ${timeZone}`;
  const formats = made.get(key) ?? makeFormats(language, timeZone);
  made.set(key, formats);
  return formats;
}

function makeFormats(language: string, timeZone: string): Formats {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options);
  const plain = number({ maximumFractionDigits: 0 });
  const byDigits: Intl.NumberFormat[] = [];
  const tenth = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percents = number({ style: 'percent', maximumFractionDigits: 0 });
  const money = (digits: number) =>
    number({
      style: 'currency',
      currency: 'CNY',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const [yuan, wholeYuan] = [money(2), money(0)];
  const clock = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone, ...options });
  const time = clock({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = clock({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const date = clock({ month: 'short', day: 'numeric', weekday: 'short' });
  // Swedish writes dates as ISO 8601 does.
  const dateTime = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const relative = new Intl.RelativeTimeFormat(language, { style: 'narrow', numeric: 'auto' });
  const factor = number({ maximumFractionDigits: 1 });

  /** Three or four digits and the prefix that makes it so. */
  const scaled = (value: number, units: readonly string[]): string => {
    const step = Math.min(
      units.length - 1,
      Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3 - 1 / 3)),
    );
    const shown = value / 1000 ** step;
    return `${(Math.abs(shown) < 100 && shown !== 0 ? tenth : plain).format(shown)} ${units[step]}`;
  };
  return {
    count: (value) => plain.format(value),
    percent: (value) => percents.format(value / 100),
    energy: (wh) => scaled(wh / 1000, ['kWh', 'MWh', 'GWh']),
    power: (w) => scaled(w / 1000, ['kW', 'MW', 'GW']),
    yuan: (fen) => yuan.format(fen / 100),
    wholeYuan: (fen) => wholeYuan.format(fen / 100),
    time: (ms) => time.format(ms),
    seconds: (ms) => seconds.format(ms),
    date: (ms) => date.format(ms),
    dateTime: (ms) => dateTime.format(ms),
    day: (ms) => dateTime.format(ms).slice(0, 10),
    number: (value, digits = 2) => {
      byDigits[digits] ??= number({ maximumFractionDigits: digits });
      return byDigits[digits].format(value);
    },
    ago: (ms) => {
      const s = Math.max(0, Math.round(ms / 1000));
      if (s < 60) return relative.format(-s, 'second');
      if (s < 3600) return relative.format(-Math.floor(s / 60), 'minute');
      if (s < 48 * 3600) return relative.format(-Math.floor(s / 3600), 'hour');
      return relative.format(-Math.floor(s / 86_400), 'day');
    },
    lasting: (ms) => {
      const s = Math.max(0, Math.floor(ms / 1000));
      const two = (it: number) => String(it).padStart(2, '0');
      const [hours, minutes] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
      return hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`;
    },
    times: (value) => factor.format(value),
  };
}
