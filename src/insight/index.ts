export { insightInvariants } from './invariants.ts';
export { askReached, packsReached, subjectReached, swapReached } from './reached.ts';
export { type PackToTell, packsToTell } from './reads/toTell.ts';
export { openSwaps } from './store.ts';
