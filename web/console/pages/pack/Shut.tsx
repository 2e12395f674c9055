// What keeps a pack from being handed out, and why: quarantine and recall are two things, and either suffices.
import { Icon } from '../../shell/icons.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';
import { whyInWords } from './whys.ts';

/** The newest entry of the record of this type: when it was decided, and what was said. */
function lastOf({ history }: Story, type: string): { at: string; why: string | undefined } | undefined {
  const entry = history.find((it) => it.type === type);
  const why = entry?.body.why;
  return entry && { at: entry.at, why: typeof why === 'string' ? why : undefined };
}

export function Shut({ story }: { story: Story }) {
  const { t } = useWords();
  const { pack } = story;
  const quarantine = lastOf(story, 'pack.quarantined');
  const recall = lastOf(story, 'pack.recalled');
  return (
    <>
      {pack.quarantined && (
        <Notice
          title={t('pack.quarantined')}
          note={t('pack.quarantinedNote')}
          why={pack.quarantinedWhy ?? quarantine?.why}
          at={quarantine?.at}
        />
      )}
      {pack.recalled && (
        <Notice title={t('pack.recalled')} note={t('pack.recalledNote')} why={recall?.why} at={recall?.at} />
      )}
    </>
  );
}

interface NoticeProps {
  readonly title: string;
  readonly note: string;
  readonly why: string | undefined;
  readonly at: string | undefined;
}

function Notice({ title, note, why, at }: NoticeProps) {
  const { t } = useWords();
  const { dateTime } = useFormats();
  return (
    <div className="pack-shut" role="note">
      <p>
        <Icon name="warning" /> <strong>{title}</strong> {at && <time dateTime={at}>{dateTime(Date.parse(at))}</time>}
      </p>
      <p>{why ? whyInWords(why, t) : t('pack.noReason')}</p>
      <p className="quiet">{note}</p>
    </div>
  );
}
