// Which car takes which pack where, and why not: a guided question whose answer has an address of its own.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { fittingReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { useRead } from '../../api/read.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Icon } from '../../shell/icons.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { Waiting } from '../../shell/Waiting.tsx';
import { useWords } from '../../words/index.ts';
import { usePackModels, useStationPresets, useVehicleModels } from '../catalogue/models.ts';
import { Ask } from './Ask.tsx';
import { placeOf } from './place.ts';
import { type Question, readQuestion, writeQuestion } from './question.ts';
import { Stations } from './Stations.tsx';
import { Verdict } from './Verdict.tsx';
import './compatibility.css';

export type Fitting = Answer<typeof fittingReads.stations>;

export function Compatibility() {
  const { t } = useWords();
  const navigate = useNavigate();
  const question = readQuestion(useSearch({ strict: false }) as Readonly<Record<string, string>>);
  const [vehicles, packs, presets] = [useVehicleModels(), usePackModels(), useStationPresets()];
  const pack = question.codes[0] ?? question.pack;
  const isAsked = question.vehicle !== '' && pack !== '';
  const fitting = useRead(fittingReads.stations, { query: { vehicle: question.vehicle, pack } }, { enabled: isAsked });
  const ask = (next: Question) => void navigate({ to: '.', search: writeQuestion(next) as never, replace: true });
  const place = placeOf(question.where, fitting.data?.stations, presets.data?.items);
  const names = {
    vehicle: vehicles.data?.items.find((it) => it.id === question.vehicle)?.name ?? question.vehicle,
    pack: packs.data?.items.find((it) => it.id === question.pack)?.name ?? question.pack,
  };
  return (
    <>
      <PageHead title={t('compatibility.title')} note={t('compatibility.note')} actions={isAsked && <Share />} />
      <div className="fitting">
        <Ask
          question={question}
          ask={ask}
          vehicles={vehicles.data?.items}
          packs={packs.data?.items}
          presets={presets.data?.items}
          stations={fitting.data?.stations}
          bays={place?.bays ?? 1}
        />
        <div className="fitting-answer">
          {!isAsked && <p className="panel quiet">{t('compatibility.begin')}</p>}
          {isAsked && place && <Verdict question={question} place={place} names={names} />}
          {isAsked &&
            (fitting.data ? (
              <Stations fitting={fitting.data} onWhy={(id) => ask({ ...question, where: `station:${id}`, bay: 1 })} />
            ) : fitting.error ? (
              <Failure error={fitting.error} again={fitting.again} />
            ) : (
              <Waiting />
            ))}
        </div>
      </div>
    </>
  );
}

function Share() {
  const { t } = useWords();
  const { message } = App.useApp();
  const share = async () => {
    await navigator.clipboard.writeText(location.href);
    void message.success(t('compatibility.copied'));
  };
  return (
    <Button icon={<Icon name="link" />} onClick={() => void share()}>
      {t('compatibility.share')}
    </Button>
  );
}
