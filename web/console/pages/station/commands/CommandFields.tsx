// The fields of a command. Plain fields of the browser: each keyboard and each screen reader knows them.
import { useId } from 'react';
import type { en } from '../../../words/en/index.ts';
import { useWords } from '../../../words/index.ts';
import { type AskedAction, type Field, type FieldName, forms, type Values } from './forms.ts';

interface Props {
  readonly action: AskedAction;
  readonly values: Values;
  readonly onChange: (values: Values) => void;
  readonly slots: readonly number[];
  readonly missing: readonly FieldName[];
  readonly withinS: number;
  readonly onWithin: (seconds: number) => void;
}

const WITHIN_S = [60, 300, 3_600, 86_400] as const;

export function CommandFields({ action, values, onChange, slots, missing, withinS, onWithin }: Props) {
  const { t } = useWords();
  const within = useId();
  return (
    <>
      {forms[action].fields.map((field) => (
        <OneField
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          onChange={(value) => onChange({ ...values, [field.name]: value })}
          slots={slots}
          isMissing={missing.includes(field.name)}
        />
      ))}
      <div className="field">
        <label htmlFor={within}>{t('station.commands.within')}</label>
        <select
          id={within}
          className="plain-field"
          value={withinS}
          aria-describedby={`${within}-note`}
          onChange={(event) => onWithin(Number(event.target.value))}
        >
          {WITHIN_S.map((it) => (
            <option key={it} value={it}>
              {it < 3_600
                ? t('station.commands.minutes', { n: it / 60 })
                : t('station.commands.hours', { n: it / 3_600 })}
            </option>
          ))}
        </select>
        <small className="quiet" id={`${within}-note`}>
          {t('station.commands.withinNote')}
        </small>
      </div>
    </>
  );
}

interface FieldProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly slots: readonly number[];
  readonly isMissing: boolean;
}

function OneField({ field, value, onChange, slots, isMissing }: FieldProps) {
  const { t } = useWords();
  const id = useId();
  const common = {
    id,
    className: 'plain-field',
    value,
    'aria-invalid': isMissing || undefined,
    'aria-describedby': isMissing ? `${id}-wrong` : undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t(`station.commands.field.${field.name}`)}</label>
      {field.name === 'slot' ? (
        <select {...common} onChange={(event) => onChange(event.target.value)}>
          <option value="">{field.orWhole ? t('station.commands.field.wholeStation') : '–'}</option>
          {slots.map((no) => (
            <option key={no} value={no}>
              {t('station.slots.name', { no })}
            </option>
          ))}
        </select>
      ) : field.options ? (
        <select {...common} onChange={(event) => onChange(event.target.value)}>
          {field.options.map((it) => (
            <option key={it} value={it}>
              {isOption(it) ? `${t(`station.commands.option.${it}`)} (${it})` : it}
            </option>
          ))}
        </select>
      ) : (
        <>
          <input
            {...common}
            list={field.hints && `${id}-hints`}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
          />
          {field.hints && (
            <datalist id={`${id}-hints`}>
              {field.hints.map((it) => (
                <option key={it} value={it} />
              ))}
            </datalist>
          )}
        </>
      )}
      {isMissing && (
        <small className="wrong" id={`${id}-wrong`}>
          {t('station.commands.field.required')}
        </small>
      )}
    </div>
  );
}

type Option = keyof typeof en.station.commands.option;
const options = [
  'Immediate',
  'OnIdle',
  'ImmediateAndResume',
  'FullInventory',
  'ConfigurationInventory',
  'SummaryInventory',
  'Operative',
  'Inoperative',
] as const satisfies readonly Option[];
const isOption = (it: string): it is (typeof options)[number] => (options as readonly string[]).includes(it);
