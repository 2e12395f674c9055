import { Link } from '@tanstack/react-router';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import { moods } from '../packs/states.ts';
import type { Story } from './Pack.tsx';
import { Shut } from './Shut.tsx';

/** Where it is, what it does, how full and how healthy it is, and what keeps it from being handed out. */
export function Now({ story }: { story: Story }) {
  const { t } = useWords();
  const { number, energy, power } = useFormats();
  const { pack, health, use } = story;
  return (
    <section className="panel" aria-label={t('pack.now')}>
      <div className="pack-state">
        <State mood={moods[pack.state]}>{t(`packs.is.${pack.state}`)}</State>
        <Place pack={pack} />
      </div>
      <Shut story={story} />
      <Codes story={story} />
      <dl className="pack-figures">
        <div>
          <dt className="quiet">
            {t('pack.soc')}{' '}
            <HowComputed of="pack.soc" what={t('pack.soc')} at={pack.observedAt} exact={`${pack.soc} %`} />
          </dt>
          <dd>{number(pack.soc, 1)} %</dd>
          <dd className="pack-note quiet">
            <Age at={pack.observedAt} always />
          </dd>
        </div>
        <div>
          <dt className="quiet">
            {t('pack.soh')}{' '}
            <HowComputed of="pack.soh" what={t('pack.soh')} at={health.reportedAt} exact={`${health.soh} %`} />
          </dt>
          <dd>{number(health.soh, 1)} %</dd>
          <dd className="pack-note quiet">
            <Age at={health.reportedAt} always /> ·{' '}
            {t(health.series.length === 0 ? 'pack.asRegistered' : 'pack.method')}
          </dd>
        </div>
        <div>
          <dt className="quiet">
            {t('pack.usable')}{' '}
            <HowComputed of="pack.usable" what={t('pack.usable')} at={pack.observedAt} exact={`${pack.usableWh} Wh`} />
          </dt>
          <dd>{energy(pack.usableWh)}</dd>
          <dd className="pack-note quiet">
            {t('pack.capacity')}: {energy(pack.capacityWh)}
          </dd>
        </div>
        <div>
          <dt className="quiet">{t('pack.temperature')}</dt>
          <dd>{use.temperatureC === null ? '–' : `${number(use.temperatureC, 1)} °C`}</dd>
          <dd className="pack-note quiet">
            {use.temperatureC === null ? t('pack.temperatureNone') : <Age at={use.temperatureAt} always />}
          </dd>
        </div>
        {pack.powerW !== null && pack.powerW > 0 && (
          <div>
            <dt className="quiet">{t('pack.power')}</dt>
            <dd>{power(pack.powerW)}</dd>
          </div>
        )}
      </dl>
      <Plate story={story} />
    </section>
  );
}

function Place({ pack }: { pack: Story['pack'] }) {
  const { t } = useWords();
  if (pack.stationId)
    return (
      <Link to={`/stations/${encodeURIComponent(pack.stationId)}`}>
        {pack.slotNo === null
          ? t('pack.at', { station: pack.stationId })
          : t('pack.inSlot', { station: pack.stationId, slot: pack.slotNo })}
      </Link>
    );
  return pack.custody ? <Holder of={pack.custody} /> : <span className="quiet">{t('packs.nobody')}</span>;
}

/** Its other codes: what it was before its second use, and what it became. */
function Codes({ story: { original, successor } }: { story: Story }) {
  const { t } = useWords();
  const other = (code: string) => (
    <Link to={`/packs/${encodeURIComponent(code)}`} className="code">
      {code}
    </Link>
  );
  return (
    <>
      {successor && (
        <p>
          <State mood="low">{t('pack.replaced')}</State> {other(successor)}
        </p>
      )}
      {original && (
        <p>
          {t('pack.original')} {other(original)}
        </p>
      )}
    </>
  );
}

function Plate({ story: { pack, model } }: { story: Story }) {
  const { t } = useWords();
  const formats = useFormats();
  // A plate has days without times: midnight of UTC is the same day in the network's zone.
  const day = (iso: string) => formats.day(Date.parse(iso));
  const leak = pack.leakTestedOn
    ? t(pack.leakTestPassed ? 'pack.leakPassed' : 'pack.leakFailed', { date: day(pack.leakTestedOn) })
    : t('pack.leakNever');
  return (
    <dl className="facts pack-plate">
      <dt>{t('pack.model')}</dt>
      <dd>
        <Link to={`/catalogue?p.q=${encodeURIComponent(model.id)}`}>{model.name}</Link>
      </dd>
      <dt>{t('pack.maker')}</dt>
      <dd>{model.maker || '–'}</dd>
      <dt>{t('pack.chemistry')}</dt>
      <dd>{model.chemistry || '–'}</dd>
      <dt>{t('pack.produced')}</dt>
      <dd>{day(pack.producedOn)}</dd>
      <dt>{t('pack.leakTest')}</dt>
      <dd>{leak}</dd>
      <dt>{t('pack.firmware')}</dt>
      <dd>{pack.firmware}</dd>
      <dt>{t('pack.source')}</dt>
      <dd>
        <span lang="en">{model.source}</span> <span className="quiet">{t('pack.assumedNote')}</span>
      </dd>
    </dl>
  );
}
