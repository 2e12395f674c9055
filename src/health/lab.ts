// The second door of health, for the command line and benches: training and judging models, trials of early warning. The
// server does not come in here, so that it need not load them.
export { type Basis, basisOfNone } from './estimators/basis.ts';
export type { Cell, Group, Mode } from './estimators/cells/cycle.ts';
export { MODES, SIGNALS } from './estimators/cells/cycle.ts';
export { type Loaded, loadCells, readSplitGroups, type SplitGroup, WrongData } from './estimators/cells/dataset.ts';
export { filled } from './estimators/cells/range.ts';
export { type Issue, readCell } from './estimators/cells/reading.ts';
export { asCsv, syntheticCells, syntheticGroup } from './estimators/cells/synthetic.ts';
export { courses, judge } from './estimators/courses.ts';
export { evaluate, type Score } from './estimators/evaluate.ts';
export { FEWEST, type GroupModel, type Judge } from './estimators/group.ts';
export { compared } from './estimators/kept/compare.ts';
export {
  type CapacityMeasured,
  type Drifting,
  drifting,
  readMeasured,
  readSaid,
  type Said,
} from './estimators/kept/drift.ts';
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
export {
  type Card,
  type OneCharge,
  PLUGGED_MODE,
  type Plugged,
  predictionsPlugged,
  readCard,
  WrongScore,
} from './estimators/plugged.ts';
export { likeliestGroup, type Prediction, predictions } from './estimators/predict.ts';
export { type FalseAlarms, falseAlarms } from './warning/falseAlarms.ts';
export { BUDGET, limitsWithin, type Peaks, peaksOf } from './warning/limits.ts';
export { type RunawayTrial, runawayDelays } from './warning/runawayTrial.ts';
export { chemistries } from './warning/thresholds.ts';
export { type Outcome, type Trial, tried } from './warning/trial.ts';
