// Named views of a table: kept here, passed on by address.
import { App, Button, Input, Popover } from 'antd';
import { type FormEvent, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { useWords } from '../words/index.ts';
import type { Column } from './column.ts';
import { type Asked, readAsked, writeAsked } from './filters.ts';
import { dropView, keepView, keptViews } from './views.ts';

interface Props<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly asked: Asked;
  readonly ask: (asked: Asked) => void;
  readonly prefix: string;
}

export function Views<Row>(props: Props<Row>) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<List {...props} onDone={() => setOpen(false)} />}
    >
      <Button icon={<Icon name="views" />} aria-expanded={isOpen}>
        {t('views.label')}
      </Button>
    </Popover>
  );
}

function List<Row>({ name, columns, asked, ask, prefix, onDone }: Props<Row> & { onDone: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [views, setViews] = useState(() => keptViews(name));
  const [called, setCalled] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (called.trim() === '') return;
    setViews(keepView(name, { name: called.trim(), asked: writeAsked(asked) }));
    setCalled('');
  };
  const share = async () => {
    await navigator.clipboard.writeText(location.href);
    void message.success(t('views.copied'));
  };
  return (
    <div className="views">
      {views.length === 0 && <p className="quiet">{t('views.none')}</p>}
      <ul>
        {views.map((it) => (
          <li key={it.name}>
            <Button
              type="text"
              onClick={() => {
                ask(readAsked(columns, it.asked));
                onDone();
              }}
            >
              {it.name}
            </Button>
            <Button
              type="text"
              size="small"
              aria-label={t('views.remove', { name: it.name })}
              onClick={() => setViews(dropView(name, it.name))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <form className="row" onSubmit={save}>
        <Input
          value={called}
          maxLength={60}
          placeholder={t('views.name')}
          aria-label={t('views.name')}
          onChange={(event) => setCalled(event.target.value)}
        />
        <Button htmlType="submit" disabled={called.trim() === ''}>
          {t('views.save')}
        </Button>
      </form>
      <Button icon={<Icon name="link" />} onClick={() => void share()} data-prefix={prefix || undefined}>
        {t('views.share')}
      </Button>
    </div>
  );
}
