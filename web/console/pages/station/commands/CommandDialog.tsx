// One command from its fields to the station's answer: what is meant, what will happen, what came of it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { stationApi } from '#station/api';
import { type CallFailed, callRoute } from '../../../../shared/client.ts';
import { keyOf, useRead } from '../../../api/read.ts';
import { networkNow } from '../../../live/clock.ts';
import { Icon } from '../../../shell/icons.tsx';
import { Refusal } from '../../../shell/Refusal.tsx';
import { useWords } from '../../../words/index.ts';
import type { Twin } from '../Station.tsx';
import { CommandFields } from './CommandFields.tsx';
import { type AskedAction, firstValues, forms, missingIn, payloadOf, type Values } from './forms.ts';
import { Outcome } from './Outcome.tsx';
import { type Command, isOver } from './outcome.ts';

interface Props {
  readonly twin: Twin;
  readonly action: AskedAction;
  readonly given?: Values;
  readonly onEnd: () => void;
}

export function CommandDialog({ twin, action, given, onEnd }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { id: stationId } = twin.station;
  const [values, setValues] = useState(() => firstValues(action, given));
  const [withinS, setWithinS] = useState(forms[action].withinS);
  const [payload, setPayload] = useState<Record<string, unknown>>();
  const [isChecked, setChecked] = useState(false);
  const { mutate, data, error, isPending } = useMutation<Command, CallFailed>({
    mutationFn: () =>
      callRoute(stationApi.command, { params: { stationId }, body: { action, payload: payload!, withinS } }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: keyOf(stationApi.commands) }),
  });
  const missing = missingIn(action, values);
  const next = () => {
    setChecked(true);
    if (missing.length === 0) setPayload(payloadOf(action, values, networkNow()));
  };
  const title = `${t(`station.commands.name.${action}`)} · ${twin.station.name}`;
  return (
    <Modal
      open
      title={title}
      footer={null}
      onCancel={onEnd}
      width={560}
      mask={{ closable: false }}
      keyboard={!isPending}
    >
      {data ? (
        <Result first={data} onEnd={onEnd} />
      ) : payload === undefined ? (
        <form
          className="act"
          onSubmit={(event) => {
            event.preventDefault();
            next();
          }}
        >
          <CommandFields
            action={action}
            values={values}
            onChange={setValues}
            slots={twin.slots.map((it) => it.no)}
            missing={isChecked ? missing : []}
            withinS={withinS}
            onWithin={setWithinS}
          />
          <div className="act-buttons">
            <Button onClick={onEnd}>{t('act.cancel')}</Button>
            <Button type="primary" htmlType="submit">
              {t('station.commands.next')}
            </Button>
          </div>
        </form>
      ) : (
        <div className="act">
          <p>
            <strong>{t('station.commands.sure')}</strong> {t(`station.commands.does.${action}`)}
          </p>
          <Circumstances twin={twin} isDanger={forms[action].danger === true} />
          <section aria-label={t('station.commands.schema')}>
            <h3>{t('station.commands.schema')}</h3>
            <pre className="json">{JSON.stringify(payload, null, 2)}</pre>
          </section>
          {error && <Refusal error={error} />}
          {isPending && (
            <p role="status" className="row">
              <span className="spinner" aria-hidden="true" /> {t('act.pending')}
            </p>
          )}
          <div className="act-buttons">
            <Button disabled={isPending} onClick={() => setPayload(undefined)}>
              {t('station.commands.back')}
            </Button>
            <Button
              type="primary"
              danger={forms[action].danger === true}
              autoFocus
              disabled={isPending}
              onClick={() => mutate()}
            >
              {t('station.commands.send')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

/** What an operator should know of the station at this moment before it is asked. */
function Circumstances({ twin, isDanger }: { twin: Twin; isDanger: boolean }) {
  const { t } = useWords();
  return (
    <>
      {isDanger && twin.running && (
        <p className="warned">
          <Icon name="warning" /> {t('station.commands.running')}
        </p>
      )}
      {!twin.station.online && (
        <p className="warned">
          <Icon name="warning" /> {t('station.commands.offline')}
        </p>
      )}
    </>
  );
}

/** Looks again until it is over: nobody announces what stations answer. */
function Result({ first, onEnd }: { first: Command; onEnd: () => void }) {
  const { t } = useWords();
  const [isSettled, setSettled] = useState(false);
  const { data } = useRead(
    stationApi.commands,
    { params: { stationId: first.stationId }, query: { limit: 20 } },
    isSettled ? {} : { everyMs: 1_000 },
  );
  const command = data?.items.find((it) => it.id === first.id) ?? first;
  if (isOver(command) && !isSettled) setSettled(true);
  return (
    <div className="act">
      <div role="status">
        {!isOver(command) && <span className="spinner" aria-hidden="true" />}
        <Outcome command={command} />
      </div>
      {command.answer && (
        <section aria-label={t('station.commands.answer')}>
          <h3>{t('station.commands.answer')}</h3>
          <pre className="json">{JSON.stringify(command.answer, null, 2)}</pre>
        </section>
      )}
      <div className="act-buttons">
        <Button type="primary" autoFocus onClick={onEnd}>
          {t('act.close')}
        </Button>
      </div>
    </div>
  );
}
