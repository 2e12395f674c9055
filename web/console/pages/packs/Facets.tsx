// How many packs are in each state, under the filters that hold besides; a press filters by it.
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import type { Asked } from '../../table/filters.ts';
import { useFormats, useWords } from '../../words/index.ts';
import type { Counts } from './counts.ts';
import { moods, type PackState, states } from './states.ts';
import './packs.css';

interface Props {
  readonly counts: Counts | undefined;
  readonly asked: Asked;
  readonly ask: (asked: Asked) => void;
}

export function Facets({ counts, asked, ask }: Props) {
  const { t } = useWords();
  const { count } = useFormats();
  const filter = asked.filters.state;
  const chosen = filter?.kind === 'choice' ? filter.any : [];
  const choose = (state: PackState) => {
    const { state: _, ...others } = asked.filters;
    const isOff = chosen.includes(state);
    ask({ ...asked, filters: isOff ? others : { ...others, state: { kind: 'choice', any: [state] } } });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these buttons change the list below at once
    <div className="facets" role="group" aria-label={t('packs.facets')}>
      {states.map((it) => (
        <button key={it} type="button" className="facet" aria-pressed={chosen.includes(it)} onClick={() => choose(it)}>
          <State mood={moods[it]}>{t(`packs.is.${it}`)}</State>
          <strong>{counts ? count(counts.byState[it] ?? 0) : '…'}</strong>
        </button>
      ))}
      <HowComputed of="pack.counts" what={t('packs.state')} at={counts?.at} />
      <Age at={counts?.at} />
    </div>
  );
}
