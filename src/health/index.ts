// What the server needs of health. Training, judging and trials have a door of their own, `lab.ts`.
export type { Band } from './charges/estimate.ts';
export {
  type Abstention,
  type Charge,
  type ChargeEstimate,
  chargesEnded,
  estimatesOf,
  newestUntil,
  packFades,
  replayed,
  sohEstimated,
} from './charges/index.ts';
export { chargeInvariants } from './charges/invariants.ts';
export { remainingLife } from './charges/life.ts';
export { fadesTooFast, type Knee, knee, type Trend, trend } from './estimators/course.ts';
export type { Evidence, Grade } from './grade/evidence.ts';
export { type Decision as GradeDecision, grade, isKeptBack, type Standing } from './grade/grade.ts';
export { demandNotGradedOut, gradePack, packGraded, packKeptBack, replayGrade } from './grade/gradePack.ts';
export { gradeInvariants } from './grade/invariants.ts';
export { gradePolicy, type Policy, readPolicy } from './grade/policy.ts';
export { demandNoTest } from './grade/runTest.ts';
export { type Graded, gradeNow, gradesOf } from './grade/store.ts';
export { testedUntil } from './grade/tested.ts';
export {
  chargesStopped,
  clearRisk,
  demandNoRisk,
  mayLook,
  packAlarmed,
  packsRested,
  restsEnded,
  riskChanged,
  riskInvariants,
  sensorDoubted,
  standsAgainst,
  takeRested,
  takeWaiting,
} from './risk/index.ts';
export { readLine, type WarningLine } from './warning/line.ts';
export { type Risk, type RiskLevel, riskOf } from './warning/risk.ts';
export { type PackFacts, type Point, type Sample, type Session, WrongSession } from './warning/session.ts';
export type { Sign } from './warning/sign.ts';
export { readThresholds, type Thresholds } from './warning/thresholds.ts';
export { cleared, newWatch, type Watch, watched, watchedLive } from './warning/watch.ts';
