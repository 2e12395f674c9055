// One message with its answer, as JSON that can be read and copied.
import { App, Button, Drawer } from 'antd';
import type { stationReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { Icon } from '../../shell/icons.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import { MessageState } from './MessageState.tsx';
import { pretty } from './pretty.ts';

type Message = Answer<typeof stationReads.messages>['items'][number];

export function MessageInFull({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useWords();
  const formats = useFormats();
  return (
    <Drawer
      open
      size={560}
      onClose={onClose}
      title={`${message.action} · ${t(`station.messages.dir.${message.direction}`)}`}
    >
      <dl className="facts is-flush">
        <dt>{t('station.messages.at')}</dt>
        <dd>{formats.dateTime(Date.parse(message.at))}</dd>
        <dt>{t('station.messages.state')}</dt>
        <dd>
          <MessageState state={message.state} />
        </dd>
        <dt>{t('station.messages.id')}</dt>
        <dd>
          <code>{message.messageId}</code>
        </dd>
        {message.error && (
          <>
            <dt>{t('station.messages.error')}</dt>
            <dd lang="en">{message.error}</dd>
          </>
        )}
      </dl>
      <Json
        title={t(message.direction === 'in' ? 'station.messages.rawIn' : 'station.messages.rawOut')}
        text={message.raw}
      />
      {message.answer === null ? (
        <p className="quiet">{t('station.messages.noAnswer')}</p>
      ) : (
        <Json title={t('station.messages.answer')} text={message.answer} />
      )}
    </Drawer>
  );
}

function Json({ title, text }: { title: string; text: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    void message.success(t('station.messages.copied'));
  };
  return (
    <section aria-label={title} className="json-part">
      <div className="panel-head">
        <h2>{title}</h2>
        <Button size="small" icon={<Icon name="copy" />} onClick={() => void copy()}>
          {t('station.messages.copy')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre className="json" tabIndex={0}>
        {pretty(text)}
      </pre>
    </section>
  );
}
