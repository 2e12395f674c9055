// What an operator should look at of one station, in the last 24 hours.
import { useWords } from '../../words/index.ts';
import { AnomalyTable } from '../anomalies/AnomalyTable.tsx';

export function Lines({ stationId }: { stationId: string }) {
  const { t } = useWords();
  return (
    <div className="twin is-table">
      <AnomalyTable stationId={stationId} hours={24} empty={t('station.anomalies.none')} />
    </div>
  );
}
