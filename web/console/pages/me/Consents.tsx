// Whether anybody may ask by plate how good the pack of my vehicle is: off unless I say so, until a day, and taken back at once.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { enquiryApi } from '#enquiry/api';
import { callRoute } from '../../../shared/client.ts';
import { keyOf, useRead } from '../../api/read.ts';
import { useMay } from '../../session/hooks.ts';
import { useTry } from '../../session/useTry.ts';
import { Wrong } from '../../shell/Wrong.tsx';
import { useFormats, useWords } from '../../words/index.ts';

const TERMS = [7, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

export function Consents() {
  const { t } = useWords();
  const { dateTime } = useFormats();
  const queries = useQueryClient();
  const { attempt, isTrying, wrong } = useTry();
  const [days, setDays] = useState<number>(30);
  const { data } = useRead(enquiryApi.consents, {}, { enabled: useMay('swap.ask') });
  if (!data || data.items.length === 0) return null;

  const act = (what: () => Promise<unknown>) =>
    attempt(async () => {
      await what();
      await queries.invalidateQueries({ queryKey: keyOf(enquiryApi.consents) });
    });
  const allow = (vin: string) =>
    act(() => {
      // By the network's clock, which in a demo is not ours.
      const until = new Date(Date.parse(data.at) + days * DAY_MS).toISOString();
      return callRoute(enquiryApi.giveConsent, { body: { vin: vin as never, until } });
    });
  return (
    <section className="panel" aria-labelledby="consents">
      <h2 id="consents">{t('account.consents')}</h2>
      <p className="quiet">{t('account.consentsSay')}</p>
      <ul>
        {data.items.map(({ vin, plate, consent }) => (
          <li key={vin}>
            <div>
              <strong>{plate}</strong>
              <div className="quiet">
                {consent
                  ? t('account.consentUntil', { time: dateTime(Date.parse(consent.until)) })
                  : t('account.consentNone')}
              </div>
            </div>
            {consent ? (
              <Button
                danger
                disabled={isTrying}
                onClick={() => void act(() => callRoute(enquiryApi.endConsent, { params: { id: consent.id } }))}
              >
                {t('account.consentEnd')}
              </Button>
            ) : (
              <span>
                <Select
                  aria-label={t('account.consentTerm')}
                  value={days}
                  onChange={setDays}
                  options={TERMS.map((it) => ({ value: it, label: t('account.consentDays', { count: it }) }))}
                />{' '}
                <Button disabled={isTrying} onClick={() => void allow(vin)}>
                  {t('account.consentGive')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <Wrong>{wrong}</Wrong>
    </section>
  );
}
