// What somebody may do about hand-overs: prepare a text, prepare another version, bring what was signed. Keys never come here.

import { Button } from 'antd';
import { useRef } from 'react';
import { handoverApi } from '#exchange/api';
import type { Ask } from '../../../shared/client.ts';
import { useAct } from '../../shell/useAct.tsx';
import { saveText } from '../../table/download.ts';
import { useWords } from '../../words/index.ts';
import { HandoverForm, type HandoverTyped } from './HandoverForm.tsx';
import { type Drafted, type Handover, keysText, linesOf } from './handovers.ts';

export function useHandoverActs(code: string) {
  const { t } = useWords();
  const act = useAct();
  const typed = useRef<HandoverTyped>({});
  const form = (says: string, fields: Parameters<typeof HandoverForm>[0]['fields']) => {
    typed.current = {};
    return <HandoverForm says={says} fields={fields} onChange={(it) => (typed.current = it)} />;
  };
  const text = (name: keyof HandoverTyped) => (typed.current[name] ?? '').trim();
  const figure = (name: keyof HandoverTyped) => (text(name) === '' ? undefined : Number(text(name)));
  const done = (drafted: Drafted) => <Prepared it={drafted} />;
  return {
    prepare: () =>
      void act({
        title: t('handover.prepareOf', { code }),
        says: form(t('handover.prepareSays'), ['to', 'place', 'damage']),
        verb: t('handover.prepare'),
        route: handoverApi.draftHandover,
        ask: () =>
          ({
            params: { code },
            body: { to: text('to'), place: text('place'), damage: linesOf(text('damage')) },
          }) as Ask<typeof handoverApi.draftHandover>,
        done,
      }),
    dispute: ({ id, statement }: Handover) =>
      void act({
        title: t('handover.disputeOf'),
        says: form(t('handover.disputeSays'), ['why', 'soh', 'soc', 'damage']),
        verb: t('handover.disputeOf'),
        route: handoverApi.draftHandover,
        ask: () =>
          ({
            params: { code },
            body: {
              ...{ disputes: id, why: text('why'), soh: figure('soh'), soc: figure('soc') },
              damage: text('damage') === '' ? [...statement.state.damage] : linesOf(text('damage')),
            },
          }) as Ask<typeof handoverApi.draftHandover>,
        done,
      }),
    deliver: () =>
      void act({
        title: t('handover.deliverOf', { code }),
        says: form(t('handover.deliverSays'), ['note']),
        verb: t('handover.deliver'),
        route: handoverApi.deliverHandover,
        // Not trimmed: the newline at its end is part of a note.
        ask: () =>
          ({ params: { code }, body: { note: typed.current.note ?? '' } }) as Ask<typeof handoverApi.deliverHandover>,
        done: ({ state, missing }) => t(`handover.delivered.${state}`, { missing: missing.join(', ') }),
      }),
  };
}

function Prepared({ it: { text, statement, keys } }: { it: Drafted }) {
  const { t } = useWords();
  const name = `packloop-${statement.type === 'handover' ? 'offer' : 'dispute'}-${statement.pack}`;
  const parties = keys.map((it) => it.party);
  return (
    <>
      <p>{t('handover.prepared')}</p>
      <pre className="command">
        packloop title sign {name}.json --key-file KEY --out {name}.txt
      </pre>
      <p className="page-actions">
        <Button onClick={() => saveText(text, `${name}.json`, 'application/json')}>{t('handover.save')}</Button>
        <Button onClick={() => saveText(keysText(keys, parties), `${name}-keys.txt`)}>{t('handover.keys')}</Button>
      </p>
    </>
  );
}
