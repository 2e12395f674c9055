// The messages of OCPP 2.1 by the name of their action: `Request<'BatterySwap'>`, `Response<'BatterySwap'>`.
// The types are typed-ocpp's; the maps by name are made by scripts/ocpp-validators.ts.
import type { Requests, Responses, Sends } from '../generated/messages.d.ts';

/** An action that is called and answered. */
export type Action = keyof Requests;
/** A message that is only sent. */
export type SendAction = keyof Sends;
export type Request<A extends Action> = Requests[A];
export type Response<A extends Action> = Responses[A];

export type {
  ComponentType as Component,
  EventDataType as EventData,
  IdTokenInfoType as IdTokenInfo,
  IdTokenType as IdToken,
  MeterValueType as MeterValue,
  SampledValueType as SampledValue,
  VariableType as Variable,
} from 'typed-ocpp/dist/ocpp21/types.js';
