import { useTranslation } from 'react-i18next';
import type { Anomaly, Station } from '../data/contract.ts';
import { nameOf } from '../data/names.ts';
import { epochMs } from '../data/time.ts';
import { useFormats } from './hooks.ts';

interface Props {
  readonly anomalies: readonly Anomaly[] | undefined;
  readonly names: ReadonlyMap<string, Station>;
  readonly onSelect: (stationId: string) => void;
}

export function Anomalies({ anomalies, names, onSelect }: Props) {
  const { t } = useTranslation();
  const { count } = useFormats();
  return (
    <section className="panel anomalies" aria-labelledby="anomalies-title">
      <header className="panel-head">
        <h2 id="anomalies-title">{t('anomalies.title')}</h2>
        {anomalies && anomalies.length > 0 && <span className="quiet">{count(anomalies.length)}</span>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        {anomalies === undefined && <p className="hollow">{t('anomalies.hidden')}</p>}
        {anomalies?.length === 0 && <p className="hollow">{t('anomalies.none')}</p>}
        <ul className="feed-list">
          {anomalies?.map((it) => (
            <Line key={it.id} anomaly={it} station={names.get(it.stationId)} onSelect={onSelect} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function Line({
  anomaly,
  station,
  onSelect,
}: Pick<Props, 'onSelect'> & { anomaly: Anomaly; station: Station | undefined }) {
  const { t, i18n } = useTranslation();
  const { time, count } = useFormats();
  const { at, kind, sentence, times } = anomaly;
  return (
    <li className="swap">
      <time dateTime={at}>{time(epochMs(at))}</time>
      <div className="swap-body">
        <p className="swap-head">
          {station ? (
            <button type="button" className="link" onClick={() => onSelect(station.id)}>
              {nameOf(station)}
            </button>
          ) : (
            <span className="link">{anomaly.stationId || t('anomalies.elsewhere')}</span>
          )}
          {times > 1 && <span className="state mood-waiting">{t('anomalies.times', { shown: count(times) })}</span>}
        </p>
        <p className="anomaly-kind">{i18n.exists(`kind.${kind}`) ? t(`kind.${kind as 'flood'}`) : kind}</p>
        <p className="quiet">{sentence}</p>
      </div>
    </li>
  );
}
