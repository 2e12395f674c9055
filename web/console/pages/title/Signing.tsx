// A text that is being signed: what it does, whose signatures are there and whose are missing, and its way to the network.
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { titleApi } from '#pack/api';
import type { CallFailed } from '../../../shared/client.ts';
import { useNetworkNow } from '../../live/clock.ts';
import { Refusal } from '../../shell/Refusal.tsx';
import { State } from '../../shell/State.tsx';
import { useAct } from '../../shell/useAct.tsx';
import { saveText } from '../../table/download.ts';
import { useFormats, useWords } from '../../words/index.ts';
import { Bring } from './Bring.tsx';
import type { Brought } from './brought.ts';
import { draft, preparedFrom } from './draft.ts';
import { actIn, idOf, type Looked, looked, noteOf, type Prepared, standingOf, statementIn } from './notes.ts';
import { Signatures } from './Signatures.tsx';
import { SignHere } from './SignHere.tsx';
import { type Acts, inWords, kindOf, meant, type Statement, type Title } from './words.ts';

interface Props {
  readonly title: Title;
  readonly acts: Acts;
  readonly prepared: Prepared;
  readonly brought: Brought | undefined;
  readonly onBrought: (brought: Brought | undefined) => void;
  readonly onPrepared: (prepared: Prepared) => void;
  readonly onDone: () => void;
}

export function Signing({ title, acts, prepared, brought, onBrought, onPrepared, onDone }: Props) {
  const { t } = useWords();
  const formats = useFormats();
  const act = useAct();
  const statement = statementIn(prepared.text)!;
  const detail = meant(statement, title, { t, formats });
  const lookedAt = useLooked(prepared);
  const signed = new Set(lookedAt.flatMap((it) => (it.is === 'good' ? [it.party] : [])));
  const standing = standingOf(prepared, signed, title.owners);
  const done = useDone(prepared, acts);
  const name = `packloop-title-${statement.pack}-${statement.after + 1}`;
  const deliver = () =>
    void act({
      title: t('title.deliverOf', { code: title.code }),
      says: (
        <>
          <p>{inWords(statement, { t, formats })}</p>
          {detail && <p>{detail}</p>}
          <p>{t('title.deliverSays')}</p>
        </>
      ),
      verb: t('title.deliver'),
      route: titleApi.actOnTitle,
      ask: () => ({ params: { code: title.code as never }, body: { note: noteOf(prepared) } }),
      done: ({ no }) => t('title.done', { no: no + 1 }),
      refused: (error: CallFailed) => (
        <>
          <Refusal error={error} />
          <p>{t(outdated.includes(error.problem.code) ? 'title.thenAnew' : 'title.thenKept')}</p>
        </>
      ),
      danger: true,
      after: onDone,
    });
  return (
    <div className="form">
      <h3>{t(`title.kind.${kindOf(statement)}`)}</h3>
      <p>
        <strong>{inWords(statement, { t, formats })}</strong>
      </p>
      {detail && <p>{detail}</p>}
      <Standing {...{ statement, title, acts, done, onPrepared }} />
      <h3>{t('title.sign')}</h3>
      <p>{t('title.signSays')}</p>
      <p className="page-actions">
        <Button onClick={() => saveText(prepared.text, `${name}.json`, 'application/json')}>
          {t('title.saveText')}
        </Button>
      </p>
      <pre className="command">
        packloop title sign {name}.json --key-file KEY --out {name}.txt
      </pre>
      <details>
        <summary>{t('title.exactText')}</summary>
        <pre className="command">{prepared.text}</pre>
      </details>
      <SignHere prepared={prepared} onPrepared={onPrepared} />
      <h3>{t('title.signatures')}</h3>
      <Signatures {...{ prepared, lookedAt, standing, signed, onPrepared }} />
      <Bring code={title.code} {...{ prepared, brought, onBrought, onPrepared }} />
      <div className="act-buttons">
        {prepared.lines.length > 0 && (
          <Button onClick={() => saveText(noteOf(prepared), `${name}.txt`)}>{t('title.saveNote')}</Button>
        )}
        <Button type="primary" disabled={prepared.lines.length === 0 || done !== undefined} onClick={deliver}>
          {t('title.deliver')}
        </Button>
      </div>
    </div>
  );
}

/** What nobody can deliver any more, however many sign it. */
const outdated: readonly string[] = ['title-out-of-step', 'title-act-late'];

/** Looked at anew when another signature has come. */
function useLooked(prepared: Prepared): readonly Looked[] {
  const [all, setAll] = useState<readonly Looked[]>([]);
  useEffect(() => {
    let isOld = false;
    void looked(prepared).then((it) => !isOld && setAll(it));
    return () => {
      isOld = true;
    };
  }, [prepared]);
  return all;
}

/** The act that this text became, once somebody has delivered it. */
function useDone({ text }: Prepared, acts: Acts): Acts[number] | undefined {
  const [id, setId] = useState('');
  useEffect(() => void idOf(text).then(setId), [text]);
  return acts.find((it) => it.id === id);
}

interface StandingProps extends Pick<Props, 'title' | 'acts' | 'onPrepared'> {
  readonly statement: Statement;
  readonly done: Acts[number] | undefined;
}

/** Until when it can be delivered, or that it cannot be: it was, others were quicker, or its time is over. */
function Standing({ statement, title, acts, done, onPrepared }: StandingProps) {
  const { t } = useWords();
  const formats = useFormats();
  const { dateTime } = formats;
  const now = useNetworkNow(10_000);
  const [error, setError] = useState<CallFailed>();
  if (done)
    return (
      <div className="title-late" role="status">
        <p>
          <State mood="good">{t('title.isDone', { no: done.no + 1, at: dateTime(Date.parse(done.at)) })}</State>
        </p>
        <p>{t('title.doneThen')}</p>
      </div>
    );
  const isLate = Date.parse(statement.until) < now;
  if (statement.after === title.acts && !isLate)
    return <p className="quiet">{t('title.until', { at: dateTime(Date.parse(statement.until)) })}</p>;
  const anew = () =>
    void draft(title.code, { act: actIn(statement), days: 7 }).then(
      (it) => onPrepared(preparedFrom(it)),
      (it: CallFailed) => setError(it),
    );
  return (
    <div className="title-late" role="status">
      <p>
        <State mood="low">{t(isLate ? 'title.isLate' : 'title.isOutOfStep')}</State>
      </p>
      {acts
        .filter((it) => it.no >= statement.after)
        .map((it) => (
          <p key={it.id}>
            {t('title.number', { no: it.no + 1 })}: {inWords(it.statement, { t, formats })}
          </p>
        ))}
      {error && (
        <>
          <Refusal error={error} />
          <p>{t('title.beginAnew')}</p>
        </>
      )}
      <Button onClick={anew}>{t('title.anew')}</Button>
    </div>
  );
}
