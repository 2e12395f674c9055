export { type Basis, basisOfNone } from './basis.ts';
export { fadesTooFast, type Knee, knee, type Trend, trend } from './course.ts';
export type { Cell, Group, Mode } from './cycle.ts';
export { MODES, SIGNALS } from './cycle.ts';
export { type Loaded, loadCells, readSplitGroups, type SplitGroup, WrongData } from './dataset.ts';
export { evaluate, type Score } from './evaluate.ts';
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
export {
  BUDGET,
  type FalseAlarms,
  falseAlarms,
  limitsWithin,
  type Peaks,
  peaksOf,
} from './warning/falseAlarms.ts';
export { readLine, type WarningLine } from './warning/line.ts';
export { type Risk, type RiskLevel, riskOf } from './warning/risk.ts';
export { type RunawayTrial, runawayDelays } from './warning/runawayTrial.ts';
export { type PackFacts, type Point, type Sample, type Session, WrongSession } from './warning/session.ts';
export type { Sign } from './warning/sign.ts';
export { readThresholds, type Thresholds } from './warning/thresholds.ts';
export { type Outcome, type Trial, tried } from './warning/trial.ts';
export { cleared, newWatch, type Watch, watched, watchedLive } from './warning/watch.ts';
