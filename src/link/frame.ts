// One OCPP-J message as text and as a value (part 4 section 4.2). Pure: no socket, no state, never throws on bad input.
import { isOcppErrorCode, type OcppErrorCode } from './error.ts';

export interface CallFrame {
  readonly kind: 'call';
  readonly messageId: string;
  readonly action: string;
  readonly payload: object;
  /** The frame as it came, for whoever keeps a trail or an answer by content. */
  readonly text: string;
}
export interface SendFrame {
  readonly kind: 'send';
  readonly messageId: string;
  readonly action: string;
  readonly payload: object;
  readonly text: string;
}
export interface ResultFrame {
  readonly kind: 'result';
  readonly messageId: string;
  readonly payload: object;
}
export interface ErrorFrame {
  readonly kind: 'error' | 'result-error';
  readonly messageId: string;
  readonly code: OcppErrorCode;
  readonly description: string;
  readonly details: object;
}
export type Frame = CallFrame | SendFrame | ResultFrame | ErrorFrame;

/** Why a text is no frame, and what the protocol lets us answer: an error is never answered, a SEND neither. */
export interface BadFrame {
  readonly kind: 'bad';
  readonly problem: OcppErrorCode;
  /** '-1' when it could not be read (section 4.2.3). */
  readonly messageId: string;
  readonly description: string;
  readonly answer: 'call-error' | 'result-error' | 'none';
}

/** A payload that already is JSON text; it goes out as it is. */
export class RawJson {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

const unreadable = '-1';
const idLimit = 36;
const descriptionLimit = 255;

export function parse(text: string): Frame | BadFrame {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return bad('RpcFrameworkError', unreadable, 'the message is not JSON');
  }
  if (!Array.isArray(parts)) return bad('RpcFrameworkError', unreadable, 'the message is not a JSON array');
  const [type, messageId] = parts;
  if (!isMessageId(messageId))
    return bad('RpcFrameworkError', unreadable, `the message id must be a text of 1 to ${idLimit} characters`, type);
  if (type === 2 || type === 6) return request(type, messageId, parts, text);
  if (type === 3) return result(messageId, parts);
  if (type === 4 || type === 5) return error(type, messageId, parts);
  if (Number.isInteger(type))
    return bad('MessageTypeNotSupported', messageId, `message type ${type} is not one of 2, 3, 4, 5, 6`);
  return bad('RpcFrameworkError', messageId, 'the message type must be an integer');
}

function request(type: 2 | 6, messageId: string, parts: readonly unknown[], text: string): Frame | BadFrame {
  const action = parts[2];
  const name = type === 2 ? 'CALL' : 'SEND';
  if (parts.length !== 4)
    return bad('RpcFrameworkError', messageId, `a ${name} has 4 elements, this one has ${parts.length}`, type);
  if (typeof action !== 'string' || action === '')
    return bad('RpcFrameworkError', messageId, 'the action must be a text', type);
  const payload = asPayload(parts[3]);
  if (payload === undefined) return bad('ProtocolError', messageId, 'the payload must be a JSON object', type);
  return { kind: type === 2 ? 'call' : 'send', messageId, action, payload, text };
}

function result(messageId: string, parts: readonly unknown[]): Frame | BadFrame {
  if (parts.length !== 3)
    return bad('RpcFrameworkError', messageId, `a CALLRESULT has 3 elements, this one has ${parts.length}`, 3);
  const payload = asPayload(parts[2]);
  if (payload === undefined) return bad('ProtocolError', messageId, 'the payload must be a JSON object', 3);
  return { kind: 'result', messageId, payload };
}

/** Lenient with what follows the code: an error about an error would help nobody. */
function error(type: 4 | 5, messageId: string, parts: readonly unknown[]): Frame {
  const [, , code, description, details] = parts;
  return {
    kind: type === 4 ? 'error' : 'result-error',
    messageId,
    code: isOcppErrorCode(code) ? code : 'GenericError',
    description: typeof description === 'string' ? description : '',
    details: asPayload(details) ?? {},
  };
}

function bad(problem: OcppErrorCode, messageId: string, description: string, type?: unknown): BadFrame {
  const answer = type === 3 ? 'result-error' : type === 4 || type === 5 || type === 6 ? 'none' : 'call-error';
  return { kind: 'bad', problem, messageId, description, answer };
}

const isMessageId = (it: unknown): it is string => typeof it === 'string' && it.length > 0 && it.length <= idLimit;

/** Section 4.1.5 allows null for an empty payload. */
function asPayload(it: unknown): object | undefined {
  if (it === null) return {};
  return typeof it === 'object' && !Array.isArray(it) ? it : undefined;
}

const json = (payload: object | RawJson): string =>
  payload instanceof RawJson ? payload.json : JSON.stringify(payload);

export const formatCall = (messageId: string, action: string, payload: object | RawJson): string =>
  `[2,${JSON.stringify(messageId)},${JSON.stringify(action)},${json(payload)}]`;
export const formatSend = (messageId: string, action: string, payload: object | RawJson): string =>
  `[6,${JSON.stringify(messageId)},${JSON.stringify(action)},${json(payload)}]`;
export const formatResult = (messageId: string, payload: object | RawJson): string =>
  `[3,${JSON.stringify(messageId)},${json(payload)}]`;

type ErrorParts = { readonly code: OcppErrorCode; readonly description: string; readonly details?: object };
export const formatError = (messageId: string, it: ErrorParts): string => errorText(4, messageId, it);
export const formatResultError = (messageId: string, it: ErrorParts): string => errorText(5, messageId, it);

const errorText = (type: 4 | 5, messageId: string, { code, description, details = {} }: ErrorParts): string =>
  JSON.stringify([type, messageId, code, description.slice(0, descriptionLimit), details]);
