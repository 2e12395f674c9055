export { type Basis, basisOfNone } from './basis.ts';
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
export { fadesTooFast, type Knee, knee, type Trend, trend } from './course.ts';
export type { Cell, Group, Mode } from './cycle.ts';
export { MODES, SIGNALS } from './cycle.ts';
export { type Loaded, loadCells, readSplitGroups, type SplitGroup, WrongData } from './dataset.ts';
export { evaluate, type Score } from './evaluate.ts';
export type { Evidence, Grade } from './grade/evidence.ts';
export { type Decision as GradeDecision, grade, isKeptBack, type Standing } from './grade/grade.ts';
export { demandNotGradedOut, gradePack, packGraded, packKeptBack, replayGrade } from './grade/gradePack.ts';
export { gradeInvariants } from './grade/invariants.ts';
export { gradePolicy, type Policy, readPolicy } from './grade/policy.ts';
export { demandNoTest } from './grade/runTest.ts';
export { type Graded, gradeNow, gradesOf } from './grade/store.ts';
export { courses, FEWEST, type GroupModel, type Judge, judge } from './group.ts';
export type { Member } from './member.ts';
export { type HealthModel, healthModel, inputHash, readModel, written } from './model.ts';
export { type Task, trainGroups } from './parallel.ts';
export { likeliestGroup, type Prediction, predictions } from './predict.ts';
export { type Issue, readCell } from './reading.ts';
export {
  type Comparison,
  type Drift,
  driftAlarms,
  promote,
  putInShadow,
  type Registry,
  rollBack,
} from './registry.ts';
export { type Decision, decide, modelOf, putModel, putRegistry, registryOf, replays, type Shelf } from './shelf.ts';
export { syntheticCells, syntheticGroup } from './synthetic.ts';
