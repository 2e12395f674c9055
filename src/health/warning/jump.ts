// Detector 6 of health.md 6.2, the jump: a pack that rests tells another charge than before, though nothing flowed.
import { type Detector, ofPack } from './detector.ts';

/** Two charges told in whole percents, and what a pack corrects when it rests. Assumed. */
const TOLD_PERCENT = 0.6;

export const jump: Detector = {
  id: 'soc-jump',
  of: 'pack',
  habit: { forgetsDays: 60, bad: 'both', allows: 2, prior: 5 },
  tell: ({ session: { kind, socBefore, socAfter } }) =>
    kind === 'rest' && socBefore !== null && socAfter !== null
      ? { values: ofPack(socAfter - socBefore), deviation: TOLD_PERCENT }
      : undefined,
};
