// What somebody decides about a station itself: its name, and the region in which it lies.
import { Button, Input } from 'antd';
import { useId } from 'react';
import { stationApi } from '#station/api';
import { useMay } from '../../session/hooks.ts';
import { useAct } from '../../shell/useAct.tsx';
import { useDraft } from '../../shell/useDraft.ts';
import { useWords } from '../../words/index.ts';
import type { Twin } from './Station.tsx';

interface Draft {
  name: string;
  region: string;
}

export function ChangeStation({ station: { id, name, region } }: { station: Twin['station'] }) {
  const { t } = useWords();
  const act = useAct();
  if (!useMay('station.register')) return null;
  const begin = () => {
    const draft: Draft = { name, region: region ?? '' };
    return void act({
      title: t('station.facts.changeOf', { id }),
      says: <ChangeForm draft={draft} />,
      route: stationApi.change,
      ask: () => ({
        params: { stationId: id },
        body: { name: draft.name.trim(), region: draft.region.trim() || null },
      }),
      verb: t('station.facts.change'),
    });
  };
  return (
    <Button size="small" onClick={begin}>
      {t('station.facts.change')}
    </Button>
  );
}

function ChangeForm({ draft }: { draft: Draft }) {
  const { t } = useWords();
  const id = useId();
  const put = useDraft(draft);
  return (
    <div className="form">
      <p>{t('station.facts.changeSays')}</p>
      <div className="field">
        <label htmlFor={`${id}-name`}>{t('station.facts.name')}</label>
        <Input
          id={`${id}-name`}
          value={draft.name}
          maxLength={200}
          onChange={(event) => put({ name: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-region`}>{t('station.facts.region')}</label>
        <Input
          id={`${id}-region`}
          value={draft.region}
          maxLength={32}
          aria-describedby={`${id}-note`}
          onChange={(event) => put({ region: event.target.value })}
        />
        <small className="quiet" id={`${id}-note`}>
          {t('station.facts.regionNote')}
        </small>
      </div>
    </div>
  );
}
