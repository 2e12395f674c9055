// Does a payload keep to the official schema of OCPP 2.1? If not: one fault, with the error code of part 4 section 4.3
// and a sentence that names the field, so that whoever programs the station can mend it without asking us.
import type { OcppErrorCode } from '#link';
import { requests, responses, sends, type Validate } from '../generated/validators.js';
import { type Complaint, fieldOf, sentence } from './fault.ts';
import type { Action, SendAction } from './types.ts';

export interface Fault {
  readonly code: OcppErrorCode;
  /** JSON pointer to the field at fault; '' is the whole payload. A missing field is named as if it were there. */
  readonly field: string;
  readonly description: string;
}

/** Whether OCPP 2.1 has a call of this name; names are case-sensitive (part 4 section 4.2.1). */
export const isAction = (action: string): action is Action => requests.has(action);
export const isSendAction = (action: string): action is SendAction => sends.has(action);

export function checkRequest(action: string, payload: unknown): Fault | undefined {
  const validate = requests.get(action);
  if (validate === undefined) return sends.has(action) ? notACall(action) : unknownAction(action);
  return validate(payload) ? undefined : fault(validate, payload);
}

export function checkResponse(action: string, payload: unknown): Fault | undefined {
  const validate = responses.get(action);
  if (validate === undefined) return unknownAction(action);
  return validate(payload) ? undefined : fault(validate, payload);
}

/** For messages of type 6 (SEND), of which OCPP 2.1 has one: NotifyPeriodicEventStream. */
export function checkSend(action: string, payload: unknown): Fault | undefined {
  const validate = sends.get(action);
  if (validate === undefined) return unknownAction(action);
  return validate(payload) ? undefined : fault(validate, payload);
}

/**
 * What table 9 of part 4 section 4.3 says of each kind of fault:
 * - "violates data type constraints": a wrong type, also null for a field that should be left out (section 4.1.5);
 * - "violates occurrence constraints": a missing field, too few or too many elements (the cardinality 0..1, 1..n);
 * - "contains an invalid value": right type and right place, but no such value;
 * - "syntactically incorrect": a field the message does not have. Nothing else in the table fits; to drop it silently
 *   would lose what the sender meant to say. Own fields belong into customData (chapter 9), which is open.
 */
const codes: Readonly<Record<string, OcppErrorCode>> = {
  type: 'TypeConstraintViolation',
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  enum: 'PropertyConstraintViolation',
  format: 'PropertyConstraintViolation',
  minimum: 'PropertyConstraintViolation',
  maximum: 'PropertyConstraintViolation',
  minLength: 'PropertyConstraintViolation',
  maxLength: 'PropertyConstraintViolation',
  pattern: 'PropertyConstraintViolation',
  additionalProperties: 'FormatViolation',
};

function fault(validate: Validate, payload: unknown): Fault {
  const complaint: Complaint = validate.errors![0]!;
  const field = fieldOf(complaint);
  // A payload that is no object at all breaks the PDU structure.
  const code = field === '' ? 'ProtocolError' : (codes[complaint.keyword] ?? 'FormatViolation');
  return { code, field, description: sentence(complaint, payload) };
}

const unknownAction = (action: string): Fault => ({
  code: 'NotImplemented',
  field: '',
  description: `${JSON.stringify(action.slice(0, 50))} is not an action of OCPP 2.1`,
});

const notACall = (action: string): Fault => ({
  code: 'NotSupported',
  field: '',
  description: `${action} is sent as a SEND (message type 6), not as a CALL`,
});
