// What we estimate of the pack's health, with how sure that is: figures, and what each charge showed.
import { Link } from '@tanstack/react-router';
import { abstentions } from '#health/api';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';

const DAYS_A_YEAR = 365.25;

export function Estimated({ health: { estimated, remainingLife } }: { health: Story['health'] }) {
  const { t } = useWords();
  const { number } = useFormats();
  if (!estimated) return <p className="quiet">{t('pack.estimated.none')}</p>;
  const { at, soh, ohms } = estimated;
  const range = ({ lower, upper }: typeof soh, digits: number, unit = '') =>
    t('pack.estimated.band', { lower: `${number(lower, digits)}${unit}`, upper: `${number(upper, digits)}${unit}` });
  return (
    <dl className="pack-figures">
      <div>
        <dt className="quiet">
          {t('pack.estimated.soh')}{' '}
          <HowComputed of="pack.sohEstimated" what={t('pack.estimated.soh')} at={at} exact={`${soh.value} %`} />
        </dt>
        <dd>{number(soh.value, 1)} %</dd>
        <dd className="pack-note quiet">
          {range(soh, 1, ' %')} · <Age at={at} always />
        </dd>
      </div>
      <div>
        <dt className="quiet">
          {t('pack.estimated.ohms')}{' '}
          <HowComputed of="pack.ohms" what={t('pack.estimated.ohms')} at={at} exact={`${ohms.value}`} />
        </dt>
        <dd>{t('pack.estimated.times', { times: number(ohms.value, 2) })}</dd>
        <dd className="pack-note quiet">{range(ohms, 2)}</dd>
      </div>
      {remainingLife && <Life life={remainingLife} at={at} />}
    </dl>
  );
}

function Life({
  life: { days, efc, endSoh: end },
  at,
}: {
  life: NonNullable<Story['health']['remainingLife']>;
  at: string;
}) {
  const { t } = useWords();
  const { number, count } = useFormats();
  const years = (it: number) => number(it / DAYS_A_YEAR, 1);
  const atLeast = t('pack.estimated.atLeast', { years: years(days.lower) });
  return (
    <div>
      <dt className="quiet">
        {t('pack.estimated.life')}{' '}
        <HowComputed
          of="pack.remainingLife"
          what={t('pack.estimated.life')}
          at={at}
          exact={`${days.value === null ? `> ${Math.round(days.lower)}` : Math.round(days.value)} d`}
        />
      </dt>
      <dd>
        {days.value === 0 && t('pack.estimated.over', { end })}
        {days.value === null ? atLeast : days.value > 0 && t('pack.estimated.years', { years: years(days.value) })}
      </dd>
      {days.value !== null && days.upper !== 0 && (
        <dd className="pack-note quiet">
          {days.upper === null
            ? atLeast
            : t('pack.estimated.band', { lower: years(days.lower), upper: years(days.upper) })}{' '}
          · {t('pack.estimated.cycles', { efc: count(Math.round(efc.value ?? 0)), end })}
        </dd>
      )}
      {days.value === null && <dd className="pack-note quiet">{t('pack.estimated.beyond', { end })}</dd>}
    </div>
  );
}

/** Every charge that was looked at, the newest first, also those that told nothing. */
export function Charges({ estimates }: { estimates: Story['health']['estimates'] }) {
  const { t } = useWords();
  const { dateTime, number } = useFormats();
  const band = (it: { value: number; lower: number; upper: number }, digits: number, unit: string) =>
    `${number(it.value, digits)}${unit} (${number(it.lower, digits)}–${number(it.upper, digits)})`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="pack-points" tabIndex={0} aria-label={t('pack.estimated.charges')}>
      <PlainTable
        caption={t('pack.estimated.charges')}
        heads={[
          t('pack.estimated.charge'),
          { number: t('packs.soh') },
          { number: t('pack.estimated.ohms') },
          t('packs.station'),
        ]}
      >
        <tbody>
          {estimates.toReversed().map((it) => (
            <tr key={`${it.stationId} ${it.transactionId} ${it.at}`}>
              <th scope="row">
                <time dateTime={it.at}>{dateTime(Date.parse(it.at))}</time>
              </th>
              {it.soh && it.ohms ? (
                <>
                  <td className="number">{band(it.soh, 1, ' %')}</td>
                  <td className="number">{band(it.ohms, 2, '')}</td>
                </>
              ) : (
                <td className="quiet" colSpan={2}>
                  {t('pack.estimated.abstained', { why: whyInWords(t, it.why) })}
                </td>
              )}
              <td>
                <Link to={`/stations/${encodeURIComponent(it.stationId)}`}>{it.stationId}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </section>
  );
}

function whyInWords(t: T, why: string | null): string {
  const known = abstentions.find((it) => it === why);
  return known ? t(`pack.estimated.why.${known}`) : (why ?? '');
}
