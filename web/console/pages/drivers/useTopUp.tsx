// Books what a driver paid in at the desk.
import { InputNumber } from 'antd';
import { partyApi } from '#party/api';
import { useAct } from '../../shell/useAct.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Driver } from './Drivers.tsx';

/** In fen, as the server has it: see `topUpLimits` of #party/api. */
const MOST_YUAN = 10_000;

export function useTopUp(): (driver: Driver) => Promise<unknown> {
  const { t } = useWords();
  const { yuan } = useFormats();
  const act = useAct();
  return (driver) => {
    let amount = 100;
    return act({
      title: t('drivers.topUpOf', { name: driver.name }),
      says: (
        <>
          <p>{t('drivers.topUpSays')}</p>
          <div className="field">
            <label htmlFor="top-up">{t('drivers.amount')}</label>
            <InputNumber
              id="top-up"
              min={0.01}
              max={MOST_YUAN}
              precision={2}
              prefix="¥"
              defaultValue={amount}
              onChange={(to) => {
                amount = to ?? 0;
              }}
            />
          </div>
        </>
      ),
      route: partyApi.topUp,
      ask: () => ({ params: { driverId: driver.id as never }, body: { amount: Math.round(amount * 100) } }),
      verb: t('drivers.topUp'),
      done: (it) => t('drivers.toppedUp', { balance: yuan(it.balance), available: yuan(it.available) }),
    });
  };
}
