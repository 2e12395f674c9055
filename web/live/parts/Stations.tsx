import { useTranslation } from 'react-i18next';
import type { Station, Swap } from '../data/contract.ts';
import { everything, type Filter } from '../data/filter.ts';
import { useFormats } from './hooks.ts';
import { Icon } from './Icon.tsx';
import { SlotLegend } from './Slots.tsx';
import { StationList } from './StationList.tsx';

interface Props {
  readonly all: readonly Station[];
  readonly shown: readonly Station[];
  readonly swaps: readonly Swap[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

export function Stations({ all, shown, swaps, filter, onFilter, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { count } = useFormats();
  return (
    <section className="panel stations" aria-labelledby="stations-title">
      <header className="panel-head">
        <h2 id="stations-title">{t('stations.title')}</h2>
        <span className="quiet" role="status">
          {t('stations.shown', { shown: count(shown.length), all: count(all.length) })}
        </span>
        <search className="filters">
          <label className="field">
            <Icon name="search" />
            <span className="hidden">{t('stations.search')}</span>
            <input
              type="search"
              value={filter.text}
              placeholder={t('stations.search')}
              onChange={(event) => onFilter({ ...filter, text: event.target.value })}
            />
          </label>
          {(['onlyProblems', 'onlyOnline'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              aria-pressed={filter[name]}
              onClick={() => onFilter({ ...filter, [name]: !filter[name] })}
            >
              {t(`stations.${name}`)}
            </button>
          ))}
        </search>
      </header>
      {shown.length > 0 ? (
        <StationList stations={shown} swaps={swaps} selected={selected} onSelect={onSelect} />
      ) : (
        <div className="hollow">
          <p>{t('stations.none')}</p>
          <button type="button" className="button" onClick={() => onFilter(everything)}>
            {t('stations.clear')}
          </button>
        </div>
      )}
      <SlotLegend />
    </section>
  );
}
