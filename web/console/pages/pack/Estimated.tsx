// What we estimate of the pack's health, with how sure that is: figures, and what each charge showed.
import { Link } from '@tanstack/react-router';
import { abstentions } from '#health/api';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';

const DAYS_A_YEAR = 365.25;

export function Estimated({ health: { estimated, tested, remainingLife } }: { health: Story['health'] }) {
  const { t } = useWords();
  if (!estimated && !tested) return <p className="quiet">{t('pack.estimated.none')}</p>;
  return (
    <dl className="pack-figures">
      {tested && (
        <Figure of="pack.sohTested" name={t('pack.estimated.tested')} at={tested.at} band={tested.soh} unit="%" />
      )}
      {estimated && (
        <>
          <Figure
            of="pack.sohEstimated"
            name={t('pack.estimated.soh')}
            at={estimated.at}
            band={estimated.soh}
            unit="%"
          />
          <Figure of="pack.ohms" name={t('pack.estimated.ohms')} at={estimated.at} band={estimated.ohms} unit="times" />
        </>
      )}
      {remainingLife && <Life life={remainingLife} at={newest(estimated?.at, tested?.at)} />}
    </dl>
  );
}

const newest = (...all: readonly (string | undefined)[]): string =>
  all.filter((it) => it !== undefined).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? '';

interface FigureProps {
  readonly of: 'pack.sohTested' | 'pack.sohEstimated' | 'pack.ohms';
  readonly name: string;
  readonly at: string;
  readonly band: { readonly value: number; readonly lower: number; readonly upper: number };
  readonly unit: '%' | 'times';
}

function Figure({ of, name, at, band: { value, lower, upper }, unit }: FigureProps) {
  const { t } = useWords();
  const { number } = useFormats();
  const isPercent = unit === '%';
  const bound = (it: number) => (isPercent ? `${number(it, 1)} %` : number(it, 2));
  return (
    <div>
      <dt className="quiet">
        {name} <HowComputed of={of} what={name} at={at} exact={isPercent ? `${value} %` : `${value}`} />
      </dt>
      <dd>{isPercent ? bound(value) : t('pack.estimated.times', { times: bound(value) })}</dd>
      <dd className="pack-note quiet">
        {t('pack.estimated.band', { lower: bound(lower), upper: bound(upper) })}
        {isPercent && (
          <>
            {' '}
            · <Age at={at} always />
          </>
        )}
      </dd>
    </div>
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
