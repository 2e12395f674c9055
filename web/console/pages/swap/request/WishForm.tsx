// Where, and with whose token. Plain fields with suggestions: what is typed is what is sent, never the nearest suggestion.
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
  const stations = useStations();
  const tokens = useTokens(wish.idToken);
  const chosen = stations.find((it) => it.id === wish.stationId);
  return (
    <>
      {isFixed ? (
        <p>
          {t('swap.request.station')}: <strong>{chosen?.said ?? wish.stationId}</strong>
        </p>
      ) : (
        <Suggested
          label={t('swap.request.station')}
          help={chosen?.said ?? t('swap.request.stationHelp')}
          value={wish.stationId}
          suggestions={suggestedFor(wish.stationId, stations)}
          onChange={(stationId) => onChange({ ...wish, stationId })}
          isFirst
        />
      )}
      <Suggested
        label={t('swap.request.token')}
        help={tokens.find((it) => it.id === wish.idToken)?.said ?? t('swap.request.tokenHelp')}
        value={wish.idToken}
        suggestions={tokens}
        onChange={(idToken) => onChange({ ...wish, idToken })}
        isFirst={isFixed}
      />
    </>
  );
}

interface Suggestion {
  readonly id: string;
  readonly said: string;
}

interface SuggestedProps {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly suggestions: readonly Suggestion[];
  readonly onChange: (value: string) => void;
  readonly isFirst: boolean;
}

function Suggested({ label, help, value, suggestions, onChange, isFirst }: SuggestedProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="plain-field"
        list={`${id}-list`}
        aria-describedby={`${id}-help`}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that was opened to fill it in
        autoFocus={isFirst}
        value={value}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      <datalist id={`${id}-list`}>
        {suggestions.map((it) => (
          <option key={it.id} value={it.id} label={it.said} />
        ))}
      </datalist>
      <small className="quiet" id={`${id}-help`}>
        {help}
      </small>
    </div>
  );
}

const MOST = 50;

/** Those whose name or id has all words that were typed. */
function suggestedFor(typed: string, all: readonly Suggestion[]): readonly Suggestion[] {
  const words = typed.toLowerCase().split(/\s+/);
  return all
    .filter(({ id, said }) => words.every((word) => `${id} ${said}`.toLowerCase().includes(word)))
    .slice(0, MOST);
}

function useStations(): readonly Suggestion[] {
  const { t } = useWords();
  const { data } = useRead(mapApi.now);
  return useMemo(
    () =>
      (data ? rowsOf(data) : []).map((it) => ({
        id: it.id,
        said: `${it.name} · ${it.online ? t('swap.request.ready', { ready: it.ready, slots: it.slots }) : t('stations.is.offline')}`,
      })),
    [data, t],
  );
}

/** Tokens that fit what was typed, with whose they are: only for who may see people. */
function useTokens(typed: string): readonly Suggestion[] {
  const may = useMay('person.see');
  const search = useDeferredValue(typed);
  const { data } = useRead(peopleReads.tokens, { query: { limit: 20, ...(search && { search }) } }, { enabled: may });
  return (data?.items ?? []).map((it) => ({ id: it.idToken, said: `${it.driverName} · ${it.vin}` }));
}
