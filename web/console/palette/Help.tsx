import { Modal } from 'antd';
import { useWords } from '../words/index.ts';

const keys = [
  ['Ctrl K', 'palette'],
  ['/', 'palette'],
  ['?', 'help'],
  ['↑ ↓ PgUp PgDn Home End', 'rows'],
  ['Enter', 'open'],
  ['Esc', 'close'],
  ['Tab', 'next'],
] as const;

/** Which keys do what. */
export function Help({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={onClose} width={460}>
      <dl className="facts">
        {keys.map(([key, what]) => (
          <div key={key} className="help-line">
            <dt>
              {key.split(' ').map((it) => (
                <kbd key={it}>{it}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${what}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
