import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../../words/index.ts';
import type { PackModel, StationPreset, VehicleModel } from '../catalogue/models.ts';
import type { Fitting } from './Compatibility.tsx';
import { isVersion, type Question } from './question.ts';

interface Props {
  readonly question: Question;
  readonly ask: (next: Question) => void;
  readonly vehicles: readonly VehicleModel[] | undefined;
  readonly packs: readonly PackModel[] | undefined;
  readonly presets: readonly StationPreset[] | undefined;
  /** Ours, once they were asked about. */
  readonly stations: Fitting['stations'] | undefined;
  readonly bays: number;
}

/** Car, pack, place: each a field of its own, answered as soon as there is enough to ask. */
export function Ask({ question, ask, vehicles = [], packs = [], presets = [], stations = [], bays }: Props) {
  const { t } = useWords();
  const put = (part: Partial<Question>) => ask({ ...question, ...part });
  const hasCodes = question.codes.length > 0;
  const vehicle = vehicles.find((it) => it.id === question.vehicle);
  const isSet = !hasCodes && (vehicle?.blocks.max ?? 1) > 1;
  return (
    <form
      className="panel fitting-ask"
      aria-label={t('compatibility.title')}
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset>
        <legend>{t('compatibility.one')}</legend>
        <Labelled text={t('compatibility.vehicle')}>
          {(id) => (
            <select
              id={id}
              value={question.vehicle}
              onChange={({ target }) => put({ vehicle: target.value, blocks: undefined })}
            >
              <option value="">{t('compatibility.choose')}</option>
              {vehicles.map((it) => (
                <option key={it.id} value={it.id}>
                  {it.brand} · {it.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </fieldset>
      <fieldset>
        <legend>{t('compatibility.two')}</legend>
        <Labelled text={t('compatibility.packModel')}>
          {(id) => (
            <select
              id={id}
              value={hasCodes ? '' : question.pack}
              onChange={({ target }) => put({ pack: target.value, codes: [] })}
            >
              <option value="">{t('compatibility.choose')}</option>
              {packs.map((it) => (
                <option key={it.id} value={it.id}>
                  {it.name} · {it.chemistry}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {(isSet || question.blocks !== undefined) && (
          <Labelled text={t('compatibility.blocks')}>
            {(id) => (
              <select
                id={id}
                value={question.blocks ?? ''}
                onChange={({ target }) => put({ blocks: target.value ? Number(target.value) : undefined })}
              >
                <option value="">{t('compatibility.blocksUsual')}</option>
                {[1, 2, 3, 4, 5, 6].map((it) => (
                  <option key={it}>{it}</option>
                ))}
              </select>
            )}
          </Labelled>
        )}
        <Typed
          key={question.codes.join(' ')}
          label={t('compatibility.codes')}
          hint={t('compatibility.codesHint')}
          value={question.codes.join(' ')}
          onDone={(text) => put({ codes: text.split(/[\s,]+/).filter(Boolean) })}
        />
      </fieldset>
      <fieldset>
        <legend>{t('compatibility.three')}</legend>
        <Labelled text={t('compatibility.where')}>
          {(id) => (
            <select id={id} value={question.where} onChange={({ target }) => put({ where: target.value, bay: 1 })}>
              <option value="">{t('compatibility.anywhere')}</option>
              {stations.length > 0 && (
                <optgroup label={t('compatibility.ourStations')}>
                  {stations.map((it) => (
                    <option key={it.id} value={`station:${it.id}`}>
                      {it.name}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label={t('compatibility.presets')}>
                {presets.map((it) => (
                  <option key={it.id} value={`preset:${it.id}`}>
                    {it.name}
                  </option>
                ))}
              </optgroup>
            </select>
          )}
        </Labelled>
        {bays > 1 && (
          <Labelled text={t('compatibility.bay')}>
            {(id) => (
              <select id={id} value={question.bay} onChange={({ target }) => put({ bay: Number(target.value) })}>
                {Array.from({ length: bays }, (_, n) => n + 1).map((no) => (
                  <option key={no}>{no}</option>
                ))}
              </select>
            )}
          </Labelled>
        )}
      </fieldset>
      <details open={Boolean(question.vehicleFirmware || question.stationFirmware || question.day)}>
        <summary>{t('compatibility.more')}</summary>
        <Version
          label={t('compatibility.vehicleFirmware')}
          value={question.vehicleFirmware}
          onDone={(text) => put({ vehicleFirmware: text })}
        />
        <Version
          label={t('compatibility.stationFirmware')}
          value={question.stationFirmware}
          onDone={(text) => put({ stationFirmware: text })}
        />
        <Labelled text={t('compatibility.at')}>
          {(id) => (
            <input id={id} type="date" value={question.day} onChange={({ target }) => put({ day: target.value })} />
          )}
        </Labelled>
      </details>
    </form>
  );
}

function Labelled({ text, children }: { text: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text}</label>
      {children(id)}
    </div>
  );
}

interface TypedProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onDone: (text: string) => void;
  /** What is wrong with it, in words. */
  readonly wrong?: ((text: string) => string | undefined) | undefined;
}

/** Asked when it is left or Enter is pressed: half a word is no question. */
function Typed({ label, hint, value, onDone, wrong }: TypedProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const problem = wrong?.(text.trim());
  const done = () => {
    if (!problem && text.trim() !== value) onDone(text.trim());
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={text}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== undefined}
        onChange={({ target }) => setText(target.value)}
        onBlur={done}
        onKeyDown={(event) => event.key === 'Enter' && done()}
      />
      <small id={`${id}-hint`} className={problem ? 'fitting-wrong' : 'quiet'}>
        {problem ?? hint}
      </small>
    </div>
  );
}

function Version({ label, value, onDone }: Pick<TypedProps, 'label' | 'value' | 'onDone'>) {
  const { t } = useWords();
  return (
    <Typed
      label={label}
      hint={`${t('compatibility.versionHint')} · ${t('compatibility.newest')}`}
      value={value}
      onDone={onDone}
      wrong={(text) => (text === '' || isVersion(text) ? undefined : t('compatibility.versionWrong'))}
    />
  );
}
