import { useFormats, useWords } from '../../words/index.ts';
import type { Showing } from '../map/data/board.ts';
import { useNamed } from '../map/parts/names.ts';
import { sumsOf } from './regions.ts';

interface Props {
  readonly showing: Showing;
  readonly rows: readonly number[];
  /** Undefined: the whole network. */
  readonly region: number | undefined;
}

/** What the map shows just now. */
export function Region({ showing, rows, region }: Props) {
  const { t } = useWords();
  const { count } = useFormats();
  const named = useNamed();
  const sums = sumsOf(showing, rows);
  return (
    <h2 className="wall-region">
      {region === undefined ? t('wall.all') : named.region(showing.stations.regions[region])}{' '}
      <span className="quiet">
        {t('wall.part', {
          stations: count(sums.stations),
          ready: count(sums.ready),
          lastHour: count(sums.swapsLastHour),
        })}
      </span>
    </h2>
  );
}
