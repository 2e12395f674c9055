export type { Band } from './charges/estimate.ts';
export {
  type Abstention,
  type Charge,
  type ChargeEstimate,
  chargesEnded,
  estimatesOf,
  newestUntil,
  replayed,
  sohEstimated,
} from './charges/index.ts';
export { remainingLife } from './charges/life.ts';
export { type Basis, basisOfNone } from './estimators/basis.ts';
export type { Cell, Group, Mode } from './estimators/cells/cycle.ts';
export { MODES, SIGNALS } from './estimators/cells/cycle.ts';
export { type Loaded, loadCells, readSplitGroups, type SplitGroup, WrongData } from './estimators/cells/dataset.ts';
export { filled } from './estimators/cells/range.ts';
export { type Issue, readCell } from './estimators/cells/reading.ts';
export { syntheticCells, syntheticGroup } from './estimators/cells/synthetic.ts';
export { fadesTooFast, type Knee, knee, type Trend, trend } from './estimators/course.ts';
export { courses, judge } from './estimators/courses.ts';
export { evaluate, type Score } from './estimators/evaluate.ts';
export { FEWEST, type GroupModel, type Judge } from './estimators/group.ts';
export { compared } from './estimators/kept/compare.ts';
export { type HealthModel, healthModel, inputHash, readModel, written } from './estimators/kept/model.ts';
export {
  type Comparison,
  type Drift,
  driftAlarms,
  type Order,
  type Ordered,
  promote,
  putInShadow,
  type Registry,
  rollBack,
} from './estimators/kept/registry.ts';
export {
  type Decision,
  decide,
  modelOf,
  putModel,
  putRegistry,
  registryOf,
  replays,
  type Shelf,
} from './estimators/kept/shelf.ts';
export type { Member } from './estimators/members/member.ts';
export { type Task, trainGroups } from './estimators/parallel.ts';
export { likeliestGroup, type Prediction, predictions } from './estimators/predict.ts';
export type { Evidence, Grade } from './grade/evidence.ts';
export { type Decision as GradeDecision, grade, isKeptBack, type Standing } from './grade/grade.ts';
export { demandNotGradedOut, gradePack, packGraded, packKeptBack, replayGrade } from './grade/gradePack.ts';
export { gradeInvariants } from './grade/invariants.ts';
export { gradePolicy, type Policy, readPolicy } from './grade/policy.ts';
export { demandNoTest } from './grade/runTest.ts';
export { type Graded, gradeNow, gradesOf } from './grade/store.ts';
export {
  chargesStopped,
  clearRisk,
  demandNoRisk,
  packAlarmed,
  packsRested,
  restsEnded,
  riskChanged,
  riskInvariants,
  standsAgainst,
  takeRested,
} from './risk/index.ts';
export { type FalseAlarms, falseAlarms } from './warning/falseAlarms.ts';
export { BUDGET, limitsWithin, type Peaks, peaksOf } from './warning/limits.ts';
export { readLine, type WarningLine } from './warning/line.ts';
export { type Risk, type RiskLevel, riskOf } from './warning/risk.ts';
export { type RunawayTrial, runawayDelays } from './warning/runawayTrial.ts';
export { type PackFacts, type Point, type Sample, type Session, WrongSession } from './warning/session.ts';
export type { Sign } from './warning/sign.ts';
export { chemistries, readThresholds, type Thresholds } from './warning/thresholds.ts';
export { type Outcome, type Trial, tried } from './warning/trial.ts';
export { cleared, newWatch, type Watch, watched, watchedLive } from './warning/watch.ts';
