export { insightInvariants } from './invariants.ts';
export { askReached, packsReached, subjectReached, swapReached } from './reached.ts';
export { profitCsv, profitOf } from './reads/profit.ts';
export { eyes } from './reads/suspects.ts';
export { type PackToTell, packsToTell } from './reads/toTell.ts';
export { openSwaps } from './store.ts';
