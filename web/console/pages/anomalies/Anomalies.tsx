// What an operator should look at, of the whole network.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { PageHead } from '../../shell/PageHead.tsx';
import { useWords } from '../../words/index.ts';
import { AnomalyTable } from './AnomalyTable.tsx';
import '../station/twin.css';

const spans = [1, 6, 24, 168] as const;

export function Anomalies() {
  const { t } = useWords();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>;
  const navigate = useNavigate();
  const hours = spans.find((it) => String(it) === search.hours) ?? 24;
  return (
    <>
      <PageHead
        title={t('anomalies.title')}
        note={t('anomalies.note')}
        actions={
          <Segmented
            aria-label={t('anomalies.within')}
            value={hours}
            onChange={(to) =>
              void navigate({ to: '.', search: { ...search, hours: String(to) } as never, replace: true })
            }
            options={spans.map((it) => ({
              value: it,
              label: it < 48 ? t('anomalies.hours', { n: it }) : t('anomalies.days', { n: it / 24 }),
            }))}
          />
        }
      />
      <AnomalyTable hours={hours} empty={t('anomalies.empty')} />
    </>
  );
}
