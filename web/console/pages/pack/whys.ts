// Why a pack is kept back, where the house itself wrote it: said in the reader's language. What a person wrote stays as it is.
// Pure.
import { detectorIds, grades } from '#health/api';
import type { T } from '../../words/index.ts';

const byGrade = /^graded ([a-z-]+) by policy (.+)$/;
const byWarning = /^early warning: ([a-z-]+)$/;

export function whyInWords(why: string, t: T): string {
  const [, grade, policy] = byGrade.exec(why) ?? [];
  const known = grades.find((it) => it === grade);
  if (known) return t('pack.shutBy.grade', { grade: t(`pack.shutBy.grades.${known}`), policy });
  const detector = detectorIds.find((it) => it === byWarning.exec(why)?.[1]);
  if (detector) return t('pack.shutBy.warning', { what: t(`risk.detector.${detector}`, { where: t('risk.pack') }) });
  if (why === 'residual capacity test under way') return t('pack.shutBy.test');
  return why === 'a residual capacity test settled nothing' ? t('pack.shutBy.unsettled') : why;
}
