import type { auditApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { State } from '../../shell/State.tsx';
import type { Column } from '../../table/column.ts';
import { DataTable } from '../../table/DataTable.tsx';
import { useWords } from '../../words/index.ts';
import { roomOf, rooms, sentenceInWords } from './said.ts';

export type Finding = Answer<typeof auditApi.latest>['findings'][number];

export function Invariants({ findings }: { findings: readonly Finding[] }) {
  const { t, language } = useWords();
  const columns: Column<Finding>[] = [
    {
      key: 'room',
      title: t('audit.room'),
      value: (it) => roomOf(it.id),
      filter: 'choice',
      choices: Object.fromEntries(rooms.map((it) => [it, t(`audit.rooms.${it}`)])),
      width: 130,
    },
    {
      key: 'sentence',
      title: t('audit.sentence'),
      value: (it) => sentenceInWords(it, language).text,
      show: (it) => {
        const { text, lang } = sentenceInWords(it, language);
        return (
          <span lang={lang} title={`${text}\n${it.id}`}>
            {text}
          </span>
        );
      },
      width: 560,
    },
    {
      key: 'broken',
      title: t('audit.result'),
      value: (it) => it.violations.length > 0,
      show: (it) => {
        const many = it.violations.length;
        return (
          <State mood={many ? 'bad' : 'good'}>{many ? t('audit.breaks', { count: many }) : t('audit.holds')}</State>
        );
      },
      filter: 'yes-no',
      width: 130,
    },
    {
      key: 'tookMs',
      title: t('audit.time'),
      value: (it) => it.tookMs,
      show: (it) => `${it.tookMs} ms`,
      right: true,
      width: 90,
    },
  ];
  return (
    <DataTable
      name="invariants"
      label={t('audit.all')}
      columns={columns}
      rows={findings}
      rowKey={(it) => it.id}
      maxHeight={1400}
      exportAs="invariants"
    />
  );
}
