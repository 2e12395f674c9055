import type { Audit } from '../audit.ts';
import { type Common, withNetwork } from './open.ts';
import { say } from './say.ts';

/** Checks every invariant and prints what was found. Exit 1 when something was. */
export async function auditNow(options: Common): Promise<void> {
  const audit = await withNetwork(options, (app) => app.audit('command line'));
  say(options.json === true, audit, () => report(audit));
  if (!audit.clean) process.exitCode = 1;
}

function report({ findings, tookMs }: Audit): string {
  const broken = findings.filter((it) => it.violations.length > 0);
  const lines = findings.map(({ id, sentence, violations }) => {
    const shown = violations.slice(0, 5).map((it) => `      ${JSON.stringify(it)}`);
    const more =
      violations.length > 5 ? [`      … ${violations.length >= 20 ? '20 or more' : violations.length} in all`] : [];
    return [`${violations.length === 0 ? '  ok  ' : 'BROKEN'}  ${id.padEnd(34)} ${sentence}`, ...shown, ...more].join(
      '\n',
    );
  });
  const end =
    broken.length === 0
      ? `All ${findings.length} invariants hold (${tookMs} ms).`
      : `${broken.length} of ${findings.length} invariants are broken (${tookMs} ms).`;
  return [...lines, end].join('\n');
}
