// What the table tells of a station; a row is the station's number on the board.
import { useMemo } from 'react';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { useWords } from '../../words/index.ts';
import type { Board } from './data/board.ts';
import { conditionOf, conditions, moodOf } from './data/moods.ts';
import { useNamed } from './parts/names.ts';

const counted = ['slots', 'charging', 'queue', 'swapsLastHour', 'swapsToday', 'anomalies'] as const;

/** Columns that read the board as it is when they are asked: they stay the same while it changes. */
export function useColumns(board: Board): readonly Column<number>[] {
  const { t, language } = useWords();
  const named = useNamed();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names change with the language only
  return useMemo(() => {
    const stations = () => board.state().stations;
    const states = () => board.state().states;
    const count = (key: (typeof counted)[number], width: number): Column<number> => ({
      key,
      title: t(`map.column.${key}`),
      ...(key !== 'slots' && { head: <HowComputed of={`map.${key}`} what={t(`map.column.${key}`)} /> }),
      value: (n) => states()[key][n],
      filter: 'number',
      width,
    });
    return [
      { key: 'name', title: t('map.column.name'), value: (n) => stations().name[n], filter: 'text', width: 190 },
      {
        key: 'condition',
        title: t('map.column.condition'),
        value: (n) => conditionOf(states(), n),
        choices: Object.fromEntries(conditions.map((it) => [it, t(`map.condition.${it}`)])),
        show: (n) => {
          const it = conditionOf(states(), n);
          return <State mood={moodOf[it]}>{t(`map.condition.${it}`)}</State>;
        },
        filter: 'choice',
        width: 125,
      },
      {
        key: 'ready',
        title: t('map.column.ready'),
        head: <HowComputed of="station.ready" what={t('map.column.ready')} />,
        value: (n) => states().ready[n],
        filter: 'number',
        width: 95,
      },
      count('slots', 80),
      count('queue', 95),
      count('swapsLastHour', 135),
      count('swapsToday', 125),
      count('charging', 110),
      count('anomalies', 135),
      {
        key: 'profile',
        title: t('map.column.profile'),
        value: (n) => named.profile(stations().profiles[stations().profile[n]!]),
        filter: 'choice',
        width: 130,
      },
      {
        key: 'operator',
        title: t('map.column.operator'),
        value: (n) => stations().operators[stations().operator[n]!],
        filter: 'choice',
        width: 150,
      },
      {
        key: 'region',
        title: t('map.column.region'),
        value: (n) => named.region(stations().regions[stations().region[n]!]),
        filter: 'choice',
        width: 130,
      },
      { key: 'id', title: t('map.column.id'), value: (n) => stations().id[n], filter: 'text', width: 140 },
    ];
  }, [board, t, language]);
}
