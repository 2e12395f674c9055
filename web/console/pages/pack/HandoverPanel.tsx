// How the pack went from one organisation to another: what both signed, the certificate as a file, and what was disputed.
import { Button } from 'antd';
import { handoverApi } from '#exchange/api';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { HandoverItem } from './HandoverItem.tsx';
import { useHandoverActs } from './useHandoverActs.tsx';

/** The other side may sign while the page is open. */
const EVERY_MS = 15_000;

export function HandoverPanel({ code }: { code: string }) {
  const { t } = useWords();
  const { data, error, again } = useRead(handoverApi.handovers, { params: { code } }, { everyMs: EVERY_MS });
  const acts = useHandoverActs(code);
  return (
    <section className="panel" aria-label={t('handover.title')}>
      <div className="panel-head">
        <h2>{t('handover.title')}</h2>
        <span className="page-actions">
          {data?.custodian && <Button onClick={acts.prepare}>{t('handover.prepare')}</Button>}
          <Button onClick={acts.deliver}>{t('handover.deliver')}</Button>
        </span>
      </div>
      {!data && (error ? <Failure error={error} again={again} /> : <Waiting />)}
      {data && (
        <dl className="facts">
          <dt>{t('handover.custodian')}</dt>
          <dd>{data.custodian ?? t('handover.inUse')}</dd>
        </dl>
      )}
      {data?.items.length === 0 && <p className="quiet">{t('handover.none')}</p>}
      {data?.items.map((it) => (
        <HandoverItem key={it.id} it={it} keys={data.keys} dispute={() => acts.dispute(it)} />
      ))}
    </section>
  );
}
