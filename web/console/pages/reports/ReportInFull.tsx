// One report: what was sent, its receipt, and what can be done when it was rejected.
import { Button, Drawer, Input } from 'antd';
import { useId } from 'react';
import { exchangeApi } from '#exchange/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { useMay } from '../../session/hooks.ts';
import { Failure } from '../../shell/Failure.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { Waiting } from '../../shell/Waiting.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { moods } from './moods.ts';

type Report = Answer<typeof exchangeApi.report>;

export function ReportInFull({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { data, error, again } = useRead(exchangeApi.report, { params: { id } }, { everyMs: 10_000 });
  return (
    <Drawer open onClose={onClose} title={t('reports.one')} size={560}>
      {error ? <Failure error={error} again={again} /> : data ? <Facts of={data} /> : <Waiting />}
    </Drawer>
  );
}

function Facts({ of }: { of: Report }) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const mayDecide = useMay('station.register') && of.state === 'rejected';
  const desk = useDesk(of);
  const text = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;
  return (
    <>
      <dl className="facts">
        <dt>{t('reports.state')}</dt>
        <dd>
          <State mood={moods[of.state]}>{t(`reports.states.${of.state}`)}</State>{' '}
          {of.late && <State mood="bad">{t('reports.isLate')}</State>}
        </dd>
        <dt>{t('reports.kind')}</dt>
        <dd>{t(`reports.kinds.${of.kind}`)}</dd>
        <dt>{t('reports.subject')}</dt>
        <dd>
          <span className="code">{of.subject}</span>
        </dd>
        <dt>{t('reports.dueAt')}</dt>
        <dd>{dateTime(Date.parse(of.dueAt))}</dd>
        {of.reason && (
          <>
            <dt>{t('reports.rejectedFor')}</dt>
            <dd>
              <code>{of.field}</code> {of.reason}
            </dd>
          </>
        )}
        {of.lastError && (
          <>
            <dt>{t('reports.lastError')}</dt>
            <dd>{t('reports.tried', { many: of.tries, why: of.lastError })}</dd>
          </>
        )}
        {of.decidedWhy && (
          <>
            <dt>{t('reports.withdrawnFor')}</dt>
            <dd>{of.decidedWhy}</dd>
          </>
        )}
      </dl>
      {mayDecide && (
        <div className="act-buttons">
          <Button onClick={() => void desk.withdraw()}>{t('reports.withdraw')}</Button>
          <Button type="primary" onClick={() => void desk.correct()}>
            {t('reports.correct')}
          </Button>
        </div>
      )}
      <h3>{t('reports.sent')}</h3>
      <pre style={text}>{of.message}</pre>
      {of.receipt && (
        <>
          <h3>{t('reports.receipt')}</h3>
          <pre style={text}>{of.receipt}</pre>
        </>
      )}
      {of.revisions.map((it) => (
        <p key={it.revision} className="quiet">
          {t('reports.before', { n: it.revision, reason: it.reason, why: it.why, at: dateTime(Date.parse(it.at)) })}
        </p>
      ))}
    </>
  );
}

/** What somebody does about a report that was rejected. */
function useDesk({ id, field, fields }: Report) {
  const { t } = useWords();
  const act = useAct();
  const correct = () => {
    const name = field !== null && field in fields ? field : Object.keys(fields)[0]!;
    const draft = { value: JSON.stringify(fields[name]), why: '' };
    return act({
      title: t('reports.correct'),
      says: <Form draft={draft} field={name} />,
      route: exchangeApi.correct,
      ask: () => ({ params: { id }, body: { fields: { [name]: typed(draft.value) }, why: draft.why } }),
      verb: t('reports.correct'),
    });
  };
  const withdraw = () => {
    const draft = { why: '' };
    return act({
      title: t('reports.withdraw'),
      says: <Form draft={draft} />,
      route: exchangeApi.withdraw,
      ask: () => ({ params: { id }, body: { why: draft.why } }),
      verb: t('reports.withdraw'),
      danger: true,
    });
  };
  return { correct, withdraw };
}

/** A number stays one; what is no JSON is text; nothing takes the field away. */
function typed(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function Form({ draft, field }: { draft: { value?: string; why: string }; field?: string }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  return (
    <div className="form">
      <p>{field === undefined ? t('reports.withdrawSays') : t('reports.correctSays')}</p>
      {field !== undefined && (
        <div className="field">
          <label htmlFor={`${id}-value`}>{t('reports.valueOf', { field })}</label>
          <Input id={`${id}-value`} value={draft.value ?? ''} onChange={({ target }) => put({ value: target.value })} />
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-why`}>{t('reports.decisionWhy')}</label>
        <Input
          id={`${id}-why`}
          maxLength={500}
          value={draft.why}
          onChange={({ target }) => put({ why: target.value })}
        />
      </div>
    </div>
  );
}
