// How the chain outside stands to the log and to the register, where there is one: what it knows, and what is wrong with it.
import { recordApi } from '#record/api';
import { useRead } from '../../api/read.ts';
import { Age } from '../../live/Age.tsx';
import { useMay } from '../../session/hooks.ts';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';

export function OnChain() {
  return useMay('audit.see') ? <Standing /> : null;
}

function Standing() {
  const { t } = useWords();
  const { number } = useFormats();
  const { data } = useRead(recordApi.chain);
  if (!data) return null;
  const { chain } = data;
  if (chain === null) return <p className="quiet spaced">{t('audit.chain.none')}</p>;
  const { anchored, alarm, problem, title } = chain;
  return (
    <section className="panel spaced" aria-labelledby="on-chain">
      <h2 id="on-chain">{t('audit.chain.title')}</h2>
      <p className="quiet">{t('audit.chain.says', { chain: chain.chainId })}</p>
      <dl className="facts">
        <dt>{t('audit.chain.log')}</dt>
        <dd>
          <State mood={alarm ? 'bad' : problem ? 'low' : 'good'}>
            {alarm
              ? t('audit.chain.differs')
              : problem
                ? t('audit.chain.unknown')
                : anchored
                  ? t('audit.chain.anchored', { many: number(anchored.size), block: number(anchored.block) })
                  : t('audit.chain.notYet')}
          </State>
        </dd>
        <dt>{t('audit.chain.register')}</dt>
        <dd>
          <State mood={title.problem ? 'low' : title.differences.length > 0 ? 'bad' : 'good'}>
            {title.problem
              ? t('audit.chain.unknown')
              : title.at === null
                ? t('audit.chain.notYet')
                : title.differences.length > 0
                  ? t('audit.chain.shares', { many: title.differences.length })
                  : t('audit.chain.same', { many: number(title.packs) })}
          </State>{' '}
          {title.at !== null && <Age at={title.at} />}
        </dd>
      </dl>
      {title.differences.length > 0 && (
        <ul>
          {title.differences.map((it) => (
            <li key={`${it.pack} ${it.address}`}>
              <code>{it.pack}</code> {it.holder ?? it.address}: {number(it.register)} · {number(it.chain)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
