// What one side says when it cannot act on a message of the other: OCPP-J part 4 section 4.3, table 9.

const codes = [
  'FormatViolation',
  'GenericError',
  'InternalError',
  'MessageTypeNotSupported',
  'NotImplemented',
  'NotSupported',
  'OccurrenceConstraintViolation',
  'PropertyConstraintViolation',
  'ProtocolError',
  'RpcFrameworkError',
  'SecurityError',
  'TypeConstraintViolation',
] as const;

export type OcppErrorCode = (typeof codes)[number];

const known: ReadonlySet<string> = new Set(codes);
export const isOcppErrorCode = (code: unknown): code is OcppErrorCode => typeof code === 'string' && known.has(code);

/** An error that travels: thrown by whoever answers a call, and what our own call rejects with when the peer refused. */
export class OcppError extends Error {
  override readonly name = 'OcppError';
  readonly code: OcppErrorCode;
  readonly details: object;

  constructor(code: OcppErrorCode, description: string, details: object = {}) {
    super(description);
    this.code = code;
    this.details = details;
  }
}

/** The connection ended after our call went out: nobody knows whether the peer acted on it. */
export class LinkClosed extends Error {
  override readonly name = 'LinkClosed';
}

/** Our call never left: the peer certainly did not act on it. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** The peer did not answer our call in time: nobody knows whether it acted on it. */
export class CallTimeout extends Error {
  override readonly name = 'CallTimeout';
}

/** What a programmer needs to see of anything that was thrown. */
export const trace = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
