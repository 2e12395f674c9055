// Why a pack is kept back or let go, where the house itself wrote it: said in the reader's language. What a person wrote stays as it is.
// Pure.
import { detectorIds, grades } from '#health/api';
import type { T } from '../../words/index.ts';

const byGrade = /^graded ([a-z-]+) by policy (.+)$/;
const riskCleared = /^risk cleared: (.+)$/s;
const letGo = /^graded ([a-z-]+)$/;
const byWarning = /^early warning: ([a-z-]+)$/;

export function whyInWords(why: string, t: T): string {
  const [, grade, policy] = byGrade.exec(why) ?? [];
  const known = grades.find((it) => it === grade);
  if (known) return t('pack.shutBy.grade', { grade: t(`pack.shutBy.grades.${known}`), policy });
  const detector = detectorIds.find((it) => it === byWarning.exec(why)?.[1]);
  if (detector) return t('pack.shutBy.warning', { what: t(`risk.detector.${detector}`, { where: t('risk.pack') }) });
  const finding = riskCleared.exec(why)?.[1];
  if (finding) return t('pack.shutBy.riskCleared', { finding });
  const [, released] = letGo.exec(why) ?? [];
  const freed = grades.find((it) => it === released);
  if (freed) return t('pack.shutBy.freed', { grade: t(`pack.shutBy.grades.${freed}`) });
  const said = Object.entries(byHouse).find(([it]) => it === why)?.[1];
  return said ? t(`pack.shutBy.${said}`) : why;
}

/** As the capacity test writes them down. */
const byHouse = {
  'residual capacity test under way': 'test',
  'a residual capacity test settled nothing': 'unsettled',
  'early warning stopped it while its capacity was tested': 'stoppedMeanwhile',
  'capacity test over': 'testOver',
  'capacity test aborted': 'testAborted',
  'it is swollen': 'swollen',
  'it is damaged': 'damaged',
  'it is swollen and damaged': 'swollenAndDamaged',
} as const;
