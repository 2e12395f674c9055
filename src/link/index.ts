export { taken } from './allowance.ts';
export { CallTimeout, isOcppErrorCode, LinkClosed, NotSent, OcppError, type OcppErrorCode } from './error.ts';
export {
  type BadFrame,
  type CallFrame,
  type ErrorFrame,
  type Frame,
  formatCall,
  formatError,
  formatResult,
  formatResultError,
  formatSend,
  parse,
  RawJson,
  type ResultFrame,
  type SendFrame,
} from './frame.ts';
export {
  type Answer,
  defaultLimits,
  type Limits,
  type Objection,
  type Problem,
  type ProblemKind,
  type SessionOptions,
} from './options.ts';
export { Session } from './session.ts';
export { type FrameSocket, type MemorySocket, socketPair } from './socket.ts';
export { fromWebSocket, webSocketOptions } from './websocket.ts';
