// One hand-over: how it stands, in what state the pack is said to be, by whom, and the files that prove it.

import { Button } from 'antd';
import { certificateApi } from '#exchange/api';
import { callRoute } from '../../../shared/client.ts';
import { State } from '../../shell/State.tsx';
import { saveText } from '../../table/download.ts';
import { PlainTable } from '../../table/PlainTable.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { type Handover, type Handovers, keysText, missingIn, moodOfHandover, stateInWords } from './handovers.ts';
import { useAttempt } from './useAttempt.ts';

interface Props {
  readonly it: Handover;
  readonly keys: Handovers['keys'];
  readonly dispute: () => void;
}

export function HandoverItem({ it, keys, dispute }: Props) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const { statement, state, signedBy, certifiedAt } = it;
  const when = (iso: string) => <time dateTime={iso}>{dateTime(Date.parse(iso))}</time>;
  const missing = missingIn(it);
  return (
    <article className="handover" aria-label={`${statement.from} → ${statement.to}`}>
      <p className="pack-state">
        <State mood={moodOfHandover[state]}>{t(`handover.state.${state}`)}</State>
        <span>
          {statement.from} → {statement.to}
        </span>
      </p>
      <dl className="facts">
        <dt>{t('handover.place')}</dt>
        <dd>{statement.place}</dd>
        <dt>{t('handover.at')}</dt>
        <dd>{when(statement.at)}</dd>
        {certifiedAt ? (
          <>
            <dt>{t('handover.entered')}</dt>
            <dd>{when(certifiedAt)}</dd>
          </>
        ) : (
          <>
            <dt>{t('handover.until')}</dt>
            <dd>{when(statement.until)}</dd>
          </>
        )}
        <dt>{t('handover.signedBy')}</dt>
        <dd>{signedBy.join(', ')}</dd>
        {missing.length > 0 && (
          <>
            <dt>{t('handover.missing')}</dt>
            <dd>{missing.join(', ')}</dd>
          </>
        )}
      </dl>
      <Versions it={it} />
      <Files it={it} keys={keys} dispute={dispute} />
    </article>
  );
}

/** What was offered, and beside it what the receiver says. */
function Versions({ it: { statement, dispute } }: Pick<Props, 'it'>) {
  const { t } = useWords();
  const { number } = useFormats();
  const offered = stateInWords(statement.state, t, number);
  const said = dispute && stateInWords(dispute.statement.state, t, number);
  return (
    <>
      {dispute && (
        <div className="handover-why">
          <p>{t('handover.disputedWhy', { by: dispute.statement.by, why: dispute.statement.why })}</p>
          <p>{dispute.settledBy ? t('handover.settled') : t('handover.open')}</p>
        </div>
      )}
      <PlainTable caption={t('handover.whole')}>
        <thead>
          <tr>
            <th scope="col">{t('handover.value')}</th>
            <th scope="col">{t('handover.offered')}</th>
            {dispute && <th scope="col">{t('handover.said', { by: dispute.statement.by })}</th>}
          </tr>
        </thead>
        <tbody>
          {offered.map((row, n) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              <td>{row.value}</td>
              {said && <td>{said[n]!.value === row.value ? row.value : <strong>{said[n]!.value}</strong>}</td>}
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </>
  );
}

function Files({ it, keys, dispute }: Props) {
  const { t } = useWords();
  const { attempt, failed } = useAttempt();
  const { id, note, state, statement } = it;
  const name = (what: string) => `packloop-${what}-${id.slice(0, 12)}`;
  const certificate = () =>
    attempt(async () => {
      const params = { code: statement.pack, id };
      const file = await callRoute(certificateApi.certificate, { params });
      saveText(`${JSON.stringify(file, null, 1)}\n`, `${name('handover')}.json`, 'application/json');
    });
  const { from, to } = statement;
  return (
    <p className="page-actions spaced">
      {state === 'certified' && (
        <Button type="primary" onClick={certificate}>
          {t('handover.certificate')}
        </Button>
      )}
      <Button onClick={() => saveText(note, `${name('note')}.txt`)}>{t('handover.note')}</Button>
      {it.dispute && (
        <Button onClick={() => saveText(it.dispute!.note, `${name('dispute')}.txt`)}>{t('handover.otherNote')}</Button>
      )}
      <Button onClick={() => saveText(keysText(keys, [from, to]), `${name('keys')}.txt`)}>{t('handover.keys')}</Button>
      {state === 'offered' && <Button onClick={dispute}>{t('handover.dispute')}</Button>}
      {failed && <span role="alert">{t('handover.failed')}</span>}
    </p>
  );
}
