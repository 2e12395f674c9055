// Swaps of one driver or one vehicle. It stands beside the table and not in it, for the list names nobody.
import { Button, Input, Popover } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { Icon } from '../../shell/icons.tsx';
import { useWords } from '../../words/index.ts';

type Who = Readonly<Record<string, string>>;

export function WhoFilter({ who, onChange }: { who: Who; onChange: (who: Who) => void }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const said = who.driver ? `${t('swap.driver')}: ${who.driver}` : who.vin ? `${t('swap.vin')}: ${who.vin}` : undefined;
  return (
    <span className={said && 'chip'}>
      <Popover
        open={isOpen}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        destroyOnHidden
        content={
          <WhoForm
            who={who}
            onPut={(next) => {
              setOpen(false);
              onChange(next);
            }}
          />
        }
      >
        {said ? (
          <button type="button" className="chip-what" aria-expanded={isOpen}>
            {said}
          </button>
        ) : (
          <Button icon={<Icon name="drivers" />} aria-expanded={isOpen}>
            {t('swap.who')}
          </Button>
        )}
      </Popover>
      {said && (
        <button
          type="button"
          className="chip-off"
          aria-label={t('table.remove', { filter: said })}
          onClick={() => onChange({})}
        >
          ×
        </button>
      )}
    </span>
  );
}

function WhoForm({ who, onPut }: { who: Who; onPut: (who: Who) => void }) {
  const { t } = useWords();
  const [driver, setDriver] = useState(who.driver ?? '');
  const [vin, setVin] = useState(who.vin ?? '');
  const [driverField, vinField] = [useId(), useId()];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPut({ ...(driver.trim() && { driver: driver.trim() }), ...(vin.trim() && { vin: vin.trim().toUpperCase() }) });
  };
  return (
    <form className="filter-form" onSubmit={submit} aria-label={t('swap.who')}>
      <div className="field">
        <label htmlFor={driverField}>{t('swap.driver')}</label>
        <Input id={driverField} autoFocus value={driver} onChange={(event) => setDriver(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor={vinField}>{t('swap.vin')}</label>
        <Input id={vinField} value={vin} onChange={(event) => setVin(event.target.value)} />
      </div>
      <Button htmlType="submit" type="primary" size="small">
        {t('table.apply')}
      </Button>
    </form>
  );
}
