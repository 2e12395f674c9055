// What was measured so far, step by step, and what each discharge gave.
import { HowComputed } from '../../explain/HowComputed.tsx';
import { useFormats, useWords } from '../../words/index.ts';
import type { Name, Reading, Test } from './steps.ts';

export function Taken({ reading, test }: { reading: Reading; test: Test }) {
  const { t } = useWords();
  const { dateTime, energy, number } = useFormats();
  return (
    <section className="panel" aria-label={t('capacityTest.measured')}>
      <h2>{t('capacityTest.measured')}</h2>
      {test.steps.length === 0 && <p className="quiet">{t('capacityTest.nothing')}</p>}
      <ol className="timeline">
        {test.steps.map((it) => (
          <li key={`${it.at} ${it.measured.step}`}>
            <p>
              <strong>{t(`capacityTest.step.${it.measured.step}`)}</strong>{' '}
              <time dateTime={it.at} className="quiet">
                {dateTime(Date.parse(it.at))}
              </time>
            </p>
            <Values measured={it.measured} />
          </li>
        ))}
      </ol>
      {test.capacitiesWh.length > 0 && (
        <>
          <h3>
            {t('capacityTest.capacities')} <HowComputed of="test.capacity" what={t('capacityTest.capacities')} />
          </h3>
          <ol>
            {test.capacitiesWh.map((wh, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the n-th discharge stays the n-th
              <li key={n}>
                {energy(wh)} ·{' '}
                {t('capacityTest.ofRated', {
                  percent: number((100 * wh) / reading.ratedWh, 1),
                  rated: energy(reading.ratedWh),
                })}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Values({ measured }: { measured: Test['steps'][number]['measured'] }) {
  const { t } = useWords();
  const { number } = useFormats();
  const said = Object.entries(measured).flatMap(([name, value]): [Name, string][] => {
    if (name === 'step') return [];
    if (name === 'how') return [['how', t(value === '1I' ? 'capacityTest.how.1I' : 'capacityTest.how.maker')]];
    if (name === 'energyWh') return [['energyKWh', number(Number(value) / 1000, 3)]];
    if (typeof value === 'boolean') return [[name as Name, t(value ? 'capacityTest.yes' : 'capacityTest.no')]];
    return [[name as Name, number(Number(value), 3)]];
  });
  return (
    <p className="timeline-fields">
      {said.map(([name, value]) => (
        <span key={name}>
          <span className="quiet">{t(`capacityTest.field.${name}`)}</span> {value}
        </span>
      ))}
    </p>
  );
}
