// Everything that was signed and carried out, with the notes: whoever has the keys can check each of them without us.
import { Button } from 'antd';
import { proofApi } from '#record/api';
import { callRoute } from '../../../shared/client.ts';
import { saveText } from '../../table/download.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { useAttempt } from '../pack/useAttempt.ts';
import { type Acts, inWords, kindOf } from './words.ts';

export function ActsDone({ acts, code }: { acts: Acts; code: string }) {
  const { t } = useWords();
  const formats = useFormats();
  return (
    <section className="panel title-acts" aria-label={t('title.acts')}>
      <h2>{t('title.acts')}</h2>
      {acts.length === 0 && <p className="quiet">{t('title.noActs')}</p>}
      <ol className="title-list" reversed>
        {acts.map((it) => (
          <li key={it.id}>
            <p className="title-line">
              <strong>{t(`title.kind.${kindOf(it.statement)}`)}</strong>
              <time className="quiet" dateTime={it.at}>
                {formats.dateTime(Date.parse(it.at))}
              </time>
            </p>
            <p>{inWords(it.statement, { t, formats })}</p>
            <p className="quiet">
              {t('title.signedBy', { parties: it.signedBy.join(', ') || t('title.nobody') })} ·{' '}
              {t('title.number', { no: it.no + 1 })} · <span className="code">{it.id}</span>
            </p>
            <Button size="small" onClick={() => saveText(it.note, `packloop-title-${code}-${it.no + 1}.txt`)}>
              {t('title.note')}
            </Button>
          </li>
        ))}
      </ol>
      <Proof code={code} />
    </section>
  );
}

/** The whole history of the pack with the proof that none of it is left out: acts of title are entries of it. */
function Proof({ code }: { code: string }) {
  const { t } = useWords();
  const { attempt, failed } = useAttempt();
  const name = `packloop-history-${code}.json`;
  const save = () =>
    attempt(async () => {
      const proof = await callRoute(proofApi.proof, { params: { subject: `pack:${code}` } });
      saveText(`${JSON.stringify(proof, null, 1)}\n`, name, 'application/json');
    });
  return (
    <details className="spaced">
      <summary>{t('title.verify')}</summary>
      <p>{t('title.verifySays')}</p>
      <p>
        <Button onClick={save}>{t('title.history')}</Button>
      </p>
      {failed && <p role="alert">{t('title.historyFailed')}</p>}
      <pre className="command">packloop verify history {name} --policy POLICY</pre>
    </details>
  );
}
