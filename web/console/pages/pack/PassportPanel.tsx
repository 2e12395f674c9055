// The battery passport: how much of it is there, its values by aspect with who may see them, its QR code and both exports.
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { passportApi } from '#passport/api';
import { type Answer, callRoute } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { saveJson } from '../../table/download.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { PassportLink } from './PassportLink.tsx';
import { byAspect, dueFrom, moodOfCoverage, valueInWords } from './passports.ts';
import { useAttempt } from './useAttempt.ts';

export type Passport = Answer<typeof passportApi.show>;
export type Row = Passport['values'][number];

/** What a charge shows changes it. */
const EVERY_MS = 60_000;

export function PassportPanel({ code }: { code: string }) {
  const { t } = useWords();
  const { data, error, again } = useRead(passportApi.show, { params: { code } }, { everyMs: EVERY_MS });
  return (
    <section className="panel" aria-label={t('passport.title')}>
      <div className="panel-head">
        <h2>{t('passport.title')}</h2>
        {data && <Exports it={data} />}
      </div>
      {!data && (error ? <Failure error={error} again={again} /> : <Waiting />)}
      {data && <Whole it={data} />}
    </section>
  );
}

/** Both are what the server gives to this reader. */
function Exports({ it: { code, reader } }: { it: Passport }) {
  const { t } = useWords();
  const { attempt, failed } = useAttempt();
  const mayUpload = reader.as === 'operator' || reader.as === 'authority';
  const take = (route: typeof passportApi.european | typeof passportApi.identity, name: string) =>
    attempt(async () =>
      saveJson(await callRoute(route, { params: { code } } as never), `packloop-${name}-${code}.json`),
    );
  return (
    <span className="page-actions">
      <Button onClick={() => take(passportApi.european, 'passport-eu')}>{t('passport.eu')}</Button>
      {mayUpload && <Button onClick={() => take(passportApi.identity, 'passport-cn')}>{t('passport.cn')}</Button>}
      {failed && <span role="alert">{t('passport.failed')}</span>}
    </span>
  );
}

function Whole({ it }: { it: Passport }) {
  const { t } = useWords();
  const { number, dateTime } = useFormats();
  const { coverage, link, reader } = it;
  return (
    <>
      {it.frozenAt && (
        <p className="notice">
          {t('passport.frozen', { when: dateTime(Date.parse(it.frozenAt)) })}{' '}
          {it.successor && <Other code={it.successor} />}
        </p>
      )}
      {it.original && (
        <p>
          {t('passport.original')} <Other code={it.original} />
        </p>
      )}
      <p className="pack-state">
        <State mood={moodOfCoverage(coverage)}>
          {t('passport.there', {
            known: number(coverage.known),
            mandatory: number(coverage.mandatory),
            category: t(`passport.category.${it.category}`),
          })}
        </State>
      </p>
      {coverage.withheld > 0 && (
        <p className="quiet">{t('passport.withheldMany', { many: number(coverage.withheld) })}</p>
      )}
      {coverage.simulated > 0 && (
        <p className="quiet">{t('passport.simulatedMany', { many: number(coverage.simulated) })}</p>
      )}
      <p className="quiet">{t('passport.readAs', { reader: t(`passport.reader.${reader.as}`) })}</p>
      <PassportLink code={it.code} link={link} />
      <Due it={it} />
      {byAspect(it.values).map(([aspect, rows]) => (
        <details key={aspect}>
          <summary>
            {t(`passport.aspect.${aspect}`)}{' '}
            <span className="quiet">
              {number(rows.filter((row) => row.is.state === 'known').length)} / {number(rows.length)}
            </span>
          </summary>
          <dl className="passport-values">
            {rows.map((row) => (
              <Value key={row.no} row={row} />
            ))}
          </dl>
        </details>
      ))}
    </>
  );
}

const Other = ({ code }: { code: string }) => (
  <Link to={`/packs/${encodeURIComponent(code)}`} className="code">
    {code}
  </Link>
);

function Due({ it }: { it: Passport }) {
  const { t, language } = useWords();
  const due = dueFrom(it);
  if (due.length === 0) return null;
  return (
    <>
      <h3 className="passport-due">{t('passport.due')}</h3>
      <ul className="grade-reasons">
        {due.map(([from, rows]) => (
          <li key={from}>
            {t(`passport.dueFrom.${from}`)}: {rows.map((row) => (language === 'en' ? row.en : row.zh)).join(' · ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function Value({ row }: { row: Row }) {
  const { t, language } = useWords();
  const { number, dateTime } = useFormats();
  const { is, unit } = row;
  return (
    <div>
      <dt>
        <span className="quiet">{row.no}</span> {language === 'en' ? row.en : row.zh}
      </dt>
      <dd>
        {is.state === 'known' ? (
          <>
            {valueInWords(is.value, number) || t('passport.nothing')}
            {unit ? ` ${unit}` : ''}{' '}
            <small className="quiet block">
              {t(`passport.basis.${is.basis}`)} · <time dateTime={is.at}>{dateTime(Date.parse(is.at))}</time>
              {is.simulated && ` · ${t('passport.simulated')}`}
            </small>
          </>
        ) : (
          <span className="quiet">{t(`passport.state.${is.state}`)}</span>
        )}
        <small className="quiet block">{t(`passport.access.${row.access}`)}</small>
      </dd>
    </div>
  );
}
