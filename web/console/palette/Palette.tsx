// Ctrl-K: pages, things by name, actions. What is typed is searched here and on the server; arrow keys choose.
import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { type KeyboardEvent, useId, useState } from 'react';
import { Icon } from '../shell/icons.tsx';
import { useWords } from '../words/index.ts';
import type { Entry } from './entries.ts';
import { useEntries } from './useEntries.ts';

export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { entries, isSearching } = useEntries(text);
  const here = Math.min(at, entries.length - 1);
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    if (entry.to) void navigate({ to: entry.to });
    else entry.act?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((here + 1) % Math.max(1, entries.length));
    else if (event.key === 'ArrowUp') setAt((here + entries.length - 1) % Math.max(1, entries.length));
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(entries[here]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      open
      title={t('palette.title')}
      footer={null}
      onCancel={onClose}
      width={620}
      style={{ top: 80 }}
      destroyOnHidden
    >
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-label={t('palette.label')}
        aria-activedescendant={entries.length > 0 ? `${id}-${here}` : undefined}
        placeholder={t('palette.label')}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: whoever opens the palette wants to type
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={t('palette.title')} className="palette-list" tabIndex={-1}>
        {entries.map((it, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field above
          <div
            key={it.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === here}
            ref={(element) => {
              if (index === here) element?.scrollIntoView({ block: 'nearest' });
            }}
            onClick={() => choose(it)}
          >
            <Icon name={it.icon} />
            <span className="palette-what">{it.title}</span>
            <small className="quiet">{t(`palette.kind.${it.kind}`)}</small>
          </div>
        ))}
      </div>
      <p className="quiet" role="status">
        {isSearching
          ? t('palette.searching')
          : entries.length === 0
            ? t('palette.none')
            : t('palette.found', { count: entries.length })}
      </p>
    </Modal>
  );
}
