export { type Answer, Answers, answerOf, sendAnswer } from './answers.ts';
export { type Caller, demand, nobody } from './caller.ts';
export { cursorWrong, idCursor, seqCursor } from './cursor.ts';
export { type Database, isOutage, openDatabase } from './database.ts';
export { forgetOldKeys } from './idempotency.ts';
export { check, type Finding, type Invariant } from './invariant.ts';
export { type HandleAll, Lane, type Outcome } from './lane.ts';
export { Live } from './live.ts';
export { migrate } from './migrate.ts';
export { openApi } from './openApi.ts';
export { noSuchPage, problemOf, replyWithProblem, replyWithProblems } from './problems.ts';
export { readQuery } from './query.ts';
export { unconfined, within } from './reach.ts';
export { read as readSent } from './read.ts';
export { Refused } from './refused.ts';
export { toPage } from './route.ts';
export { anyOf, type Columns, insertRows, recordset, updateRows } from './rows.ts';
export { demandSameSite } from './sameSite.ts';
export { type Door, type Handlers, Ready, serve, written } from './serve.ts';
export { isSimulated, markSimulated } from './simulated.ts';
export { leaveTrail, type Noted, type Trace, traces } from './trail.ts';
export { demandUnveiled, veiled } from './veil.ts';
export { watchOver } from './watchOver.ts';
export {
  type Announced,
  type DoWork,
  type EventType,
  event,
  Listeners,
  Overtaken,
  type Task,
  type Work,
  type WorkPlace,
  workIn,
} from './work.ts';
