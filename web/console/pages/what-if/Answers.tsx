// What the twins answer: when packs end, how much they hold then, and what the models do not know.
import type { Fade, Warning } from '#twin/api';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { type T, useFormats, useWords } from '../../words/index.ts';
import { Key } from './FadeChart.tsx';
import type { Told } from './useFades.ts';

export function Answers({ told, years }: { told: readonly Told[]; years: number }) {
  const { t } = useWords();
  const { number, count } = useFormats();
  const end = (at: number | null) =>
    at === null ? t('whatIf.later', { years }) : t('whatIf.years', { years: number(at, 1) });
  return (
    <Scroll label={t('whatIf.answers')}>
      <PlainTable
        className="what-if-answers"
        caption={t('whatIf.answers')}
        heads={[
          t('whatIf.scenario'),
          { number: t('whatIf.first') },
          { number: t('whatIf.half') },
          { number: t('whatIf.last') },
          { number: t('whatIf.holds', { years }) },
          { number: t('whatIf.efc') },
        ]}
      >
        <tbody>
          {told.map((it) => {
            const name = (
              <th scope="row">
                <Key of={it.scenario} /> {t(`whatIf.scenarios.${it.scenario}`)}
              </th>
            );
            if ('wrong' in it)
              return (
                <tr key={it.scenario}>
                  {name}
                  <td colSpan={5} role="alert" lang="en">
                    {it.wrong}
                  </td>
                </tr>
              );
            const { yearsTo80, curve } = it.fade;
            const last = curve.at(-1)!;
            return (
              <tr key={it.scenario}>
                {name}
                <td className="number">{end(yearsTo80.p5)}</td>
                <td className="number">{end(yearsTo80.p50)}</td>
                <td className="number">{end(yearsTo80.p95)}</td>
                <td className="number">
                  {number(last.p50, 1)} % ({number(last.p5, 1)}–{number(last.p95, 1)})
                </td>
                <td className="number">{count(Math.round(last.efc))}</td>
              </tr>
            );
          })}
        </tbody>
      </PlainTable>
    </Scroll>
  );
}

/** Each warning once, with whom it is about. */
export function Warnings({ fades }: { fades: readonly Fade[] }) {
  const { t } = useWords();
  const all = new Map<string, { it: Warning; of: Fade['scenario'][] }>();
  for (const { warnings, scenario } of fades)
    for (const it of warnings) {
      const key = JSON.stringify(it);
      all.set(key, { it, of: [...(all.get(key)?.of ?? []), scenario] });
    }
  return (
    <ul className="what-if-warnings">
      {[...all].map(([key, { it, of }]) => (
        <li key={key}>
          <Said it={it} />
          {of.length < fades.length && (
            <span className="quiet"> ({of.map((id) => t(`whatIf.scenarios.${id}`)).join(', ')})</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Said({ it }: { it: Warning }) {
  const { t, language } = useWords();
  const { number, count } = useFormats();
  switch (it.is) {
    case 'silent':
      return `${t('whatIf.silent', { model: it.model })} ${language === 'en' ? it.of.en : it.of.zh}`;
    case 'celsius':
      return t('whatIf.celsius', {
        ...{ from: number(it.from), to: number(it.to) },
        ...{ measuredFrom: number(it.measured[0]), measuredTo: number(it.measured[1]) },
      });
    case 'rate':
      return t('whatIf.rate', { rate: number(it.chargeC, 2), measured: number(it.measuredC, 2) });
    case 'knee':
      return t('whatIf.kneeAssumed', { efc: count(it.efc) });
  }
}

/** All points of all curves, as a file that a spreadsheet opens. */
export function csvOf(fades: readonly Fade[], t: T): string {
  const heads = [
    'scenario',
    'scenario_name',
    'model',
    'climate',
    'year',
    'efc',
    'p5',
    'p25',
    'p50',
    'p75',
    'p95',
    'simulated',
  ];
  const rows = fades.flatMap((it) =>
    it.curve.map((at) => [
      ...[it.scenario, t(`whatIf.scenarios.${it.scenario}`), it.model, it.climate, at.year, at.efc],
      ...[at.p5, at.p25, at.p50, at.p75, at.p95, 'yes'],
    ]),
  );
  return `\uFEFF${[heads, ...rows].map((row) => row.map((it) => `"${it}"`).join(',')).join('\r\n')}\r\n`;
}
