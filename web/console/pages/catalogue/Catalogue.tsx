// The models that the network knows: packs, vehicles, types of station. Each figure with its source, or marked as assumed.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageHead } from '../../shell/PageHead.tsx';
import { useWords } from '../../words/index.ts';
import { PackModels } from './PackModels.tsx';
import { StationPresets } from './StationPresets.tsx';
import { VehicleModels } from './VehicleModels.tsx';
import './catalogue.css';

const tabs = { packs: PackModels, vehicles: VehicleModels, stations: StationPresets } as const;
type Tab = keyof typeof tabs;
const names = Object.keys(tabs) as Tab[];

export function Catalogue() {
  const { t } = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>;
  const tab = names.find((it) => it === search.tab) ?? 'packs';
  const Table = tabs[tab];
  return (
    <>
      <PageHead title={t('catalogue.title')} note={t('catalogue.note')} />
      <div className="segments-row">
        <nav className="segments" aria-label={t('catalogue.tabs')}>
          {names.map((it) => (
            <button
              key={it}
              type="button"
              className="segment"
              aria-current={it === tab ? 'page' : undefined}
              onClick={() => void navigate({ to: '.', search: { ...search, tab: it } as never })}
            >
              {t(`catalogue.${it}`)}
            </button>
          ))}
        </nav>
        <span className="quiet">{t('catalogue.assumedMark')}</span>
      </div>
      <Table />
    </>
  );
}
