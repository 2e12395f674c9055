export type { Cell, Group, Mode } from './cycle.ts';
export { MODES, SIGNALS } from './cycle.ts';
export { type Loaded, loadCells, readSplitGroups, type SplitGroup, WrongData } from './dataset.ts';
export { evaluate, type Score } from './evaluate.ts';
export { courses, FEWEST, type GroupModel } from './group.ts';
export { type HealthModel, healthModel, inputHash, readModel, written } from './model.ts';
export { type Task, trainGroups } from './parallel.ts';
export { type Prediction, predictions } from './predict.ts';
export { type Issue, readCell } from './reading.ts';
