// What somebody may decide about a pack: keep it back, let it go again, correct who has it, re-code it.
import { Button, Dropdown } from 'antd';
import { useMay } from '../../session/hooks.ts';
import { Icon } from '../../shell/icons.tsx';
import { useWords } from '../../words/index.ts';
import type { Story } from './Pack.tsx';
import { useVerdicts, type Verdict } from './verdicts.tsx';

export function Judge({ story }: { story: Story }) {
  const { t } = useWords();
  const { pack } = story;
  const verdicts = useVerdicts(pack.code);
  if (!useMay('pack.judge')) return null;
  const main: Verdict[] = [
    ...(pack.quarantined ? [verdicts.clear] : []),
    ...(pack.recalled ? [verdicts.liftRecall] : []),
  ];
  const more: Verdict[] = [
    ...(pack.quarantined ? [] : [verdicts.quarantine]),
    ...(pack.recalled ? [] : [verdicts.recall]),
    verdicts.place,
    ...(pack.successor ? [] : [verdicts.succeed]),
  ];
  return (
    <>
      {main.map((it) => (
        <Button key={it.key} type="primary" onClick={it.begin}>
          {it.label}
        </Button>
      ))}
      <Dropdown
        autoFocus
        trigger={['click']}
        menu={{ items: more.map((it) => ({ key: it.key, label: it.label, danger: it.danger, onClick: it.begin })) }}
      >
        <Button icon={<Icon name="down" />} iconPlacement="end" aria-haspopup="menu">
          {t('pack.judge.more')}
        </Button>
      </Dropdown>
    </>
  );
}
