// The state of health over time: as stations reported it, and as we estimate it from charges.
import { Link } from '@tanstack/react-router';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { ExportButton } from '../../table/ExportButton.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { Charges, Estimated } from './Estimated.tsx';
import type { Story } from './Pack.tsx';
import { SohChart } from './SohChart.tsx';

export function Health({ story: { pack, health } }: { story: Story }) {
  const { t } = useWords();
  const { series, estimates, reportedAt } = health;
  return (
    <section className="panel" aria-label={t('pack.health')}>
      <h2>
        {t('pack.health')} <HowComputed of="pack.soh" what={t('pack.soh')} at={reportedAt} />
      </h2>
      <Estimated health={health} />
      {series.length === 0 ? (
        <p className="quiet">{t('pack.healthNone')}</p>
      ) : (
        <>
          <SohChart health={health} />
          <p className="quiet">{t('pack.method')}</p>
          <details>
            <summary>{t('pack.asTable')}</summary>
            <div className="panel-head">
              <span className="quiet">{t('pack.exportSays')}</span>
              <ExportButton table="pack-health" query={() => ({ pack: pack.code })} />
            </div>
            <Points series={series} />
          </details>
          {estimates.length > 0 && (
            <details>
              <summary>{t('pack.estimated.charges')}</summary>
              <div className="panel-head">
                <span className="quiet">{t('pack.estimated.exportSays')}</span>
                <ExportButton table="pack-charges" query={() => ({ pack: pack.code })} />
              </div>
              <Charges estimates={estimates} />
            </details>
          )}
        </>
      )}
    </section>
  );
}

function Points({ series }: { series: Story['health']['series'] }) {
  const { t } = useWords();
  const { dateTime, number } = useFormats();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="pack-points" tabIndex={0} aria-label={t('pack.asTable')}>
      <PlainTable
        caption={t('pack.health')}
        heads={[
          t('pack.reported'),
          { number: t('packs.soh') },
          { number: t('packs.soc') },
          t('packs.station'),
          t('packs.state'),
        ]}
      >
        <tbody>
          {series.toReversed().map((it) => (
            <tr key={`${it.at} ${it.from}`}>
              <th scope="row">
                <time dateTime={it.at}>{dateTime(Date.parse(it.at))}</time>
              </th>
              <td className="number">{number(it.soh, 1)} %</td>
              <td className="number">{number(it.soc, 1)} %</td>
              <td>
                {it.stationId && <Link to={`/stations/${encodeURIComponent(it.stationId)}`}>{it.stationId}</Link>}
              </td>
              <td>
                {it.swapId ? (
                  <Link to={`/swaps/${encodeURIComponent(it.swapId)}`}>{t(`pack.from.${it.from}`)}</Link>
                ) : (
                  t(`pack.from.${it.from}`)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </section>
  );
}
