// One kind of trouble at one place: what it means, what to do, when it happened, what it is about.
import { Link } from '@tanstack/react-router';
import { Drawer } from 'antd';
import { Age } from '../../live/Age.tsx';
import { useSession } from '../../session/hooks.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { aboutOf, type Group } from './grouped.ts';
import { kindInWords } from './kinds.ts';

export function AnomalyInFull({ group, onClose }: { group: Group; onClose: () => void }) {
  const { t } = useWords();
  const formats = useFormats();
  const { me } = useSession();
  const said = kindInWords(t, group.kind);
  const { swapIds, packs } = aboutOf(group.lines);
  return (
    <Drawer open size={560} onClose={onClose} title={said.title}>
      {said.remedy && (
        <>
          <h2>{t('anomalies.remedy')}</h2>
          <p>{said.remedy}</p>
        </>
      )}
      <h2 className="spaced">{t('anomalies.sentence')}</h2>
      <p lang="en">{group.sentence}</p>
      <h2 className="spaced">{t('anomalies.links')}</h2>
      <ul className="lines">
        {group.stationId ? (
          <li>
            <Link to={`/stations/${encodeURIComponent(group.stationId)}`}>
              {t('anomalies.station')} {group.stationId}
            </Link>
          </li>
        ) : (
          <li>{t('anomalies.elsewhere')}</li>
        )}
        {swapIds.map((id) => (
          <li key={id}>
            <Link to={`/swaps/${encodeURIComponent(id)}`}>{t('anomalies.swap', { id: id.slice(-12) })}</Link>
          </li>
        ))}
        {packs.map((code) => (
          <li key={code}>
            <Link to={`/packs/${encodeURIComponent(code)}`}>{t('anomalies.pack', { code })}</Link>
          </li>
        ))}
      </ul>
      <h2 className="spaced">{t('anomalies.lines')}</h2>
      <ul className="lines">
        {group.lines.map((it) => (
          <li key={it.id}>
            <strong>{t('anomalies.timesMany', { many: formats.count(it.times) })}</strong>{' '}
            {t('anomalies.line', {
              from: formats.dateTime(Date.parse(it.since)),
              to: formats.seconds(Date.parse(it.at)),
            })}{' '}
            <Age at={it.at} always />
            {it.sentence !== group.sentence && (
              <p lang="en" className="quiet">
                {it.sentence}
              </p>
            )}
            {it.facts && (
              <details>
                <summary>{t('anomalies.facts')}</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
                <pre className="json" tabIndex={0}>
                  {JSON.stringify(it.facts, null, 2)}
                </pre>
              </details>
            )}
          </li>
        ))}
      </ul>
      {!me && <p className="quiet">{t('anomalies.noFacts')}</p>}
    </Drawer>
  );
}
