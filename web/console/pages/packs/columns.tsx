import { grades, riskLevels } from '#health/api';
import type { packReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { Age } from '../../live/Age.tsx';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { Holder } from '../ledger/parts/Holder.tsx';
import { moodOf } from '../pack/grades.ts';
import { moodOfRisk } from '../pack/risks.ts';
import { moods, states } from './states.ts';

export type PackRow = Answer<typeof packReads.list>['items'][number];

export function useColumns(models: Readonly<Record<string, string>>): Column<PackRow>[] {
  const { t } = useWords();
  const { number, power, energy, count } = useFormats();
  const percent = (key: 'soc' | 'soh'): Column<PackRow> => ({
    key,
    title: t(`packs.${key}`),
    value: (it) => it[key],
    show: (it) => `${number(it[key], 1)} %`,
    head: <HowComputed of={`pack.${key}`} what={t(`packs.${key}`)} />,
    filter: 'number',
    sort: true,
    width: 88,
  });
  return [
    {
      key: 'code',
      title: t('packs.code'),
      value: (it) => it.code,
      show: (it) => <span className="code">{it.code}</span>,
      sort: true,
      width: 210,
    },
    {
      key: 'model',
      title: t('packs.model'),
      value: (it) => it.model,
      filter: 'choice',
      choices: models,
      width: 140,
    },
    {
      key: 'state',
      title: t('packs.state'),
      value: (it) => it.state,
      show: (it) => <State mood={moods[it.state]}>{t(`packs.is.${it.state}`)}</State>,
      filter: 'choice',
      choices: Object.fromEntries(states.map((it) => [it, t(`packs.is.${it}`)])),
      width: 115,
    },
    {
      key: 'place',
      title: t('packs.custody'),
      value: (it) => it.custody,
      show: (it) =>
        it.custody ? (
          <>
            <Holder of={it.custody} />
            {it.slotNo !== null && (
              <small className="quiet">
                {' '}
                · {t('packs.slot')} {it.slotNo}
              </small>
            )}
          </>
        ) : (
          <span className="quiet">{t('packs.nobody')}</span>
        ),
      width: 225,
    },
    { key: 'place', title: t('ledger.holderOf'), value: (it) => it.custody, filter: 'text', hidden: true },
    { key: 'owner', title: t('packs.owner'), value: () => null, filter: 'text', hidden: true },
    percent('soc'),
    percent('soh'),
    {
      key: 'quarantined',
      title: t('packs.shut'),
      value: (it) => it.quarantined || it.recalled,
      show: (it) => (
        <>
          {it.quarantined && <State mood="bad">{t('packs.quarantined')}</State>}{' '}
          {it.recalled && <State mood="bad">{t('packs.recalled')}</State>}
          {!it.quarantined && !it.recalled && <span className="quiet">{t('packs.free')}</span>}
        </>
      ),
      width: 105,
    },
    {
      key: 'grade',
      title: t('packs.grade'),
      value: (it) => it.grade,
      show: (it) =>
        it.grade ? (
          <State mood={moodOf[it.grade]}>{t(`pack.shutBy.grades.${it.grade}`)}</State>
        ) : (
          <span className="quiet">–</span>
        ),
      filter: 'choice',
      choices: Object.fromEntries(grades.map((it) => [it, t(`pack.shutBy.grades.${it}`)])),
      width: 115,
    },
    {
      key: 'risk',
      title: t('packs.risk'),
      value: (it) => it.risk,
      show: (it) =>
        it.risk ? (
          <State mood={moodOfRisk[it.risk]}>{t(`risk.level.${it.risk}`)}</State>
        ) : (
          <span className="quiet">–</span>
        ),
      filter: 'choice',
      choices: Object.fromEntries(riskLevels.map((it) => [it, t(`risk.level.${it}`)])),
      width: 125,
    },
    {
      key: 'power',
      title: t('packs.power'),
      value: (it) => it.powerW,
      show: (it) => (it.powerW ? power(it.powerW) : <span className="quiet">–</span>),
      right: true,
      width: 110,
    },
    {
      key: 'usable',
      title: t('packs.usable'),
      value: (it) => it.usableWh,
      show: (it) => <span title={`${it.usableWh} Wh`}>{energy(it.usableWh)}</span>,
      head: <HowComputed of="pack.usable" what={t('packs.usable')} />,
      right: true,
      width: 125,
    },
    {
      key: 'efc',
      title: t('packs.efc'),
      value: (it) => it.efc,
      show: (it) => count(it.efc),
      head: <HowComputed of="pack.efc" what={t('packs.efc')} />,
      right: true,
      sort: true,
      width: 90,
    },
    {
      key: 'quarantined',
      title: t('packs.quarantined'),
      value: (it) => it.quarantined,
      filter: 'yes-no',
      hidden: true,
    },
    { key: 'recalled', title: t('packs.recalled'), value: (it) => it.recalled, filter: 'yes-no', hidden: true },
    {
      key: 'observedAt',
      title: t('packs.observed'),
      value: (it) => it.observedAt,
      show: (it) => <Age at={it.observedAt} always />,
      sort: true,
      width: 120,
    },
  ];
}
