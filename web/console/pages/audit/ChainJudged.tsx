// What the last check says of the chain beside its findings: whether it was asked at all, and what it has yet to follow.
import type { auditApi } from '#insight/api';
import type { Answer } from '../../../shared/client.ts';
import { State } from '../../shell/State.tsx';
import { useFormats, useWords } from '../../words/index.ts';

type Judged = NonNullable<Answer<typeof auditApi.latest>['chain']>;

export function ChainJudged({ chain }: { chain: Judged }) {
  const { t } = useWords();
  const { number, dateTime } = useFormats();
  return (
    <dl className="facts">
      <dt>{t('audit.chain.audited')}</dt>
      <dd>
        <Verdict chain={chain} />
      </dd>
      {chain.state === 'seen' && chain.pendingMany > 0 && (
        <>
          <dt>{t('audit.chain.pending')}</dt>
          <dd>
            {t('audit.chain.pendingSince', {
              many: number(chain.pendingMany),
              since: dateTime(Date.parse(chain.pending[0]!.since)),
            })}
            : <Packs packs={chain.pending} />
          </dd>
        </>
      )}
      {chain.state === 'seen' && chain.strayedMany > 0 && (
        <>
          <dt>{t('audit.chain.strayed')}</dt>
          <dd>
            {number(chain.strayedMany)}: <Packs packs={chain.strayed} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Verdict({ chain }: { chain: Judged }) {
  const { t } = useWords();
  const { number } = useFormats();
  switch (chain.state) {
    case 'none':
      return <>{t('audit.chain.auditedNone')}</>;
    case 'unreachable':
      return <State mood="low">{t('audit.chain.auditedNot', { why: chain.reason })}</State>;
    case 'other':
      return <State mood="bad">{t('audit.chain.auditedOther')}</State>;
    case 'seen': {
      const { packs, anchors, block } = chain;
      return (
        <>{t('audit.chain.auditedSeen', { packs: number(packs), anchors: number(anchors), block: number(block) })}</>
      );
    }
  }
}

/** GET /v1/audit names the first twenty. */
const SHOWN = 5;

const Packs = ({ packs }: { packs: readonly { readonly pack: string }[] }) => (
  <>
    {packs.slice(0, SHOWN).map((it, n) => (
      <span key={it.pack}>
        {n > 0 && ', '}
        <code>{it.pack}</code>
      </span>
    ))}
    {packs.length > SHOWN && ' …'}
  </>
);
