// Where, and with whose token.
import { AutoComplete, Select } from 'antd';
import { useDeferredValue, useId, useMemo } from 'react';
import { mapApi, peopleReads } from '#insight/api';
import { useRead } from '../../../api/read.ts';
import { useMay } from '../../../session/hooks.ts';
import { useWords } from '../../../words/index.ts';
import { rowsOf } from '../../stations/rows.ts';

export interface Wish {
  readonly stationId: string;
  readonly idToken: string;
}

interface Props {
  readonly wish: Wish;
  readonly onChange: (wish: Wish) => void;
  /** The station is given. */
  readonly isFixed: boolean;
}

export function WishForm({ wish, onChange, isFixed }: Props) {
  const { t } = useWords();
  const [stationField, tokenField] = [useId(), useId()];
  const stations = useStations();
  const tokens = useTokens(wish.idToken);
  return (
    <>
      <div className="field">
        <label htmlFor={stationField}>{t('swap.request.station')}</label>
        <Select
          id={stationField}
          value={wish.stationId || null}
          placeholder={t('swap.request.stationHelp')}
          options={stations ?? []}
          showSearch={{ optionFilterProp: 'search' }}
          disabled={isFixed}
          autoFocus={!isFixed}
          onChange={(stationId: string) => onChange({ ...wish, stationId })}
        />
      </div>
      <div className="field">
        <label htmlFor={tokenField}>{t('swap.request.token')}</label>
        <AutoComplete
          id={tokenField}
          value={wish.idToken}
          placeholder={t('swap.request.tokenHelp')}
          options={tokens ?? []}
          autoFocus={isFixed}
          defaultActiveFirstOption={false}
          onChange={(idToken: string) => onChange({ ...wish, idToken: (idToken ?? '').trim() })}
        />
      </div>
    </>
  );
}

function useStations() {
  const { t } = useWords();
  const { data } = useRead(mapApi.now);
  return useMemo(
    () =>
      data &&
      rowsOf(data).map((it) => ({
        value: it.id,
        search: `${it.name} ${it.id}`,
        label: `${it.name} · ${it.online ? t('stations.ofSlots', { ready: it.ready, slots: it.slots }) : t('stations.is.offline')}`,
      })),
    [data, t],
  );
}

/** Tokens that fit what was typed, with whose they are: only for who may see people. */
function useTokens(typed: string) {
  const may = useMay('person.see');
  const search = useDeferredValue(typed);
  const { data } = useRead(peopleReads.tokens, { query: { limit: 20, ...(search && { search }) } }, { enabled: may });
  return data?.items.map((it) => ({
    value: it.idToken,
    label: `${it.idToken} · ${it.driverName} · ${it.vin}`,
  }));
}
