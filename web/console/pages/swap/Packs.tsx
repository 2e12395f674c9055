// The packs of a swap: which came in, which went out, with what in them, and which were set aside and why.
import { Link } from '@tanstack/react-router';
import type { swapReads } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { HowComputed } from '../../explain/HowComputed.tsx';
import { PlainTable } from '../../table/PlainTable.tsx';
import { Scroll } from '../../table/Scroll.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Story = Answer<typeof swapReads.story>;
type Moved = Story['swap']['given'][number];
type Estimated = Story['handedOut'][number];

export const PackLink = ({ code }: { code: string }) => (
  <Link to={`/packs/${encodeURIComponent(code)}`} className="code">
    {code}
  </Link>
);

export function Packs({ story: { swap, handedOut } }: { story: Story }) {
  const { t } = useWords();
  const formats = useFormats();
  const rows = [
    ...swap.returned.map((it) => ({ ...it, way: 'in' as const })),
    ...swap.given.map((it) => ({ ...it, way: 'out' as const })),
  ];
  return (
    <>
      {rows.length === 0 ? (
        <p className="quiet">{t('swap.packs.none')}</p>
      ) : (
        <Scroll label={t('swap.packs.title')}>
          <PlainTable
            caption={t('swap.packs.title')}
            heads={[
              t('swap.packs.way'),
              t('swap.packs.code'),
              { number: t('swap.packs.slot') },
              { number: t('swap.packs.soc') },
              { number: t('swap.packs.soh') },
              { number: t('swap.packs.energy') },
              t('swap.packs.at'),
            ]}
          >
            <tbody>
              {rows.map((it) => (
                <MovedRow
                  key={`${it.way} ${it.code} ${it.at}`}
                  moved={it}
                  way={it.way}
                  estimated={it.way === 'out' ? handedOut.find(({ code }) => code === it.code) : undefined}
                />
              ))}
            </tbody>
            {swap.netWh !== null && (
              <tfoot>
                <tr>
                  <th scope="row" colSpan={5}>
                    {t('swap.net')} <HowComputed of="swap.net" what={t('swap.net')} exact={`${swap.netWh} Wh`} />
                  </th>
                  <td className="number">{formats.energy(swap.netWh)}</td>
                  <td />
                </tr>
              </tfoot>
            )}
          </PlainTable>
        </Scroll>
      )}
      <dl className="facts">
        {swap.promised.length > 0 && (
          <>
            <dt>{t('swap.packs.promised')}</dt>
            <dd>
              {swap.promised.map((it) => (
                <div key={it.code}>
                  <PackLink code={it.code} /> · {t('station.slots.name', { no: it.slotNo })} ·{' '}
                  {formats.energy(it.energyWh)}
                </div>
              ))}
            </dd>
          </>
        )}
        {swap.because && (
          <>
            <dt>{t('swap.packs.because')}</dt>
            <dd lang="en">{swap.because}</dd>
          </>
        )}
      </dl>
    </>
  );
}

interface Row {
  readonly moved: Moved;
  readonly way: 'in' | 'out';
  /** By us, until it went out. */
  readonly estimated: Estimated | undefined;
}

function MovedRow({ moved: it, way, estimated }: Row) {
  const { t } = useWords();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">{t(`swap.packs.${way}`)}</th>
      <td>
        <PackLink code={it.code} />
      </td>
      <td className="number">{it.slotNo}</td>
      <td className="number">{formats.percent(it.soc)}</td>
      <td className="number">
        {formats.percent(it.soh)}
        {estimated && (
          <small className="quiet block">
            {t('swap.packs.estimated', {
              soh: formats.number(estimated.soh.value, 1),
              lower: formats.number(estimated.soh.lower, 1),
              upper: formats.number(estimated.soh.upper, 1),
            })}
          </small>
        )}
      </td>
      <td className="number">{formats.energy(it.energyWh)}</td>
      <td>
        <time dateTime={it.at}>{formats.seconds(Date.parse(it.at))}</time>
      </td>
    </tr>
  );
}
