// What can be asked of a station from the console: the fields of each command, and the OCPP 2.1 request they make. Pure.
import type * as ocpp from 'typed-ocpp/dist/ocpp21/types.js';
import type { stationApi } from '#station/api';
import type { Ask } from '../../../../shared/client.ts';

/** As the contract of POST /v1/stations/:stationId/commands has them. */
export type Action = NonNullable<Ask<typeof stationApi.command>['body']>['action'];
/** A swap is asked for by its own route, which sets a pack and money aside; the command alone would not. */
export type AskedAction = Exclude<Action, 'RequestBatterySwap'>;

export type FieldName =
  | 'type'
  | 'slot'
  | 'reportBase'
  | 'component'
  | 'componentInstance'
  | 'variable'
  | 'instance'
  | 'value'
  | 'message'
  | 'status'
  | 'transaction';
export type Values = Partial<Readonly<Record<FieldName, string>>>;

export interface Field {
  readonly name: FieldName;
  /** What may be chosen; a free text when absent, a slot of the station for `slot`. */
  readonly options?: readonly string[];
  /** Texts that are often meant; others may be typed. */
  readonly hints?: readonly string[];
  readonly isOptional?: true;
  /** `slot` may also be the whole station. */
  readonly orWhole?: true;
}

interface Form {
  readonly fields: readonly Field[];
  /** It touches the world: a driver, a pack, the station's service. */
  readonly danger?: true;
  /** Not sent any more after so many seconds, unless something else is chosen. What must not happen late has a short time. */
  readonly withinS: number;
  readonly payload: (values: Values, atMs: number) => object;
}

const resets = ['OnIdle', 'Immediate', 'ImmediateAndResume'] as const satisfies readonly ocpp.ResetRequest['type'][];
const reports = [
  'FullInventory',
  'ConfigurationInventory',
  'SummaryInventory',
] as const satisfies readonly ocpp.GetBaseReportRequest['reportBase'][];
const messages = [
  'Heartbeat',
  'BootNotification',
  'StatusNotification',
  'TransactionEvent',
  'MeterValues',
  'LogStatusNotification',
  'FirmwareStatusNotification',
] as const satisfies readonly ocpp.TriggerMessageRequest['requestedMessage'][];
const operational = [
  'Inoperative',
  'Operative',
] as const satisfies readonly ocpp.ChangeAvailabilityRequest['operationalStatus'][];

/** Components and variables of the device model that a swap station has; others may be typed. */
const components = [
  'OCPPCommCtrlr',
  'BatterySwapCtrlr',
  'ChargingStation',
  'Connector',
  'BatteryCartridge',
  'EVSE',
  'SampledDataCtrlr',
];
const variables = [
  'HeartbeatInterval',
  'TargetSoC',
  'MaxSoc',
  'Timeout',
  'AvailabilityState',
  'SlotStatus',
  'Temperature',
  'SoC',
  'SerialNumber',
  'TxUpdatedInterval',
];

const slot: Field = { name: 'slot' };
const slotOrWhole: Field = { name: 'slot', orWhole: true };
const slotIfAny: Field = { name: 'slot', orWhole: true, isOptional: true };
const component: Field = { name: 'component', hints: components };
const componentInstance: Field = { name: 'componentInstance', isOptional: true };
const instance: Field = { name: 'instance', isOptional: true };
const variable: Field = { name: 'variable', hints: variables };

const componentOf = ({ component: name = '', componentInstance, slot: it }: Values) => ({
  name,
  ...(componentInstance && { instance: componentInstance }),
  // A slot is an EVSE with one connector; only what is of the connector names it, too.
  ...(it && { evse: { id: Number(it), ...(name === 'Connector' && { connectorId: 1 }) } }),
});
const variableOf = ({ variable: name = '', instance: it }: Values) => ({ name, ...(it && { instance: it }) });

/** Ids of requests are whole numbers up to 2^31 - 1; seconds are near enough to never the same again. */
const requestIdAt = (atMs: number): number => Math.floor(atMs / 1000) % 2_147_483_647;

export const forms: Readonly<Record<AskedAction, Form>> = {
  Reset: {
    fields: [{ name: 'type', options: resets }],
    danger: true,
    withinS: 300,
    payload: ({ type }) => ({ type }),
  },
  UnlockConnector: {
    fields: [slot],
    danger: true,
    withinS: 300,
    payload: (it) => ({ evseId: Number(it.slot), connectorId: 1 }),
  },
  ChangeAvailability: {
    fields: [{ name: 'status', options: operational }, slotOrWhole],
    danger: true,
    withinS: 3_600,
    payload: (it) => ({ operationalStatus: it.status, ...(it.slot && { evse: { id: Number(it.slot) } }) }),
  },
  RequestStopTransaction: {
    fields: [{ name: 'transaction' }],
    danger: true,
    withinS: 300,
    payload: (it) => ({ transactionId: it.transaction }),
  },
  SetVariables: {
    fields: [component, componentInstance, slotIfAny, variable, instance, { name: 'value' }],
    danger: true,
    withinS: 3_600,
    payload: (it) => ({
      setVariableData: [{ component: componentOf(it), variable: variableOf(it), attributeValue: it.value ?? '' }],
    }),
  },
  GetVariables: {
    fields: [component, componentInstance, slotIfAny, variable, instance],
    withinS: 3_600,
    payload: (it) => ({ getVariableData: [{ component: componentOf(it), variable: variableOf(it) }] }),
  },
  GetBaseReport: {
    fields: [{ name: 'reportBase', options: reports }],
    withinS: 3_600,
    payload: ({ reportBase }, atMs) => ({ requestId: requestIdAt(atMs), reportBase }),
  },
  TriggerMessage: {
    fields: [{ name: 'message', options: messages }, slotIfAny],
    withinS: 3_600,
    payload: (it) => ({ requestedMessage: it.message, ...(it.slot && { evse: { id: Number(it.slot) } }) }),
  },
};

export const actions = Object.keys(forms) as AskedAction[];

/** What stands in the fields at first. */
export const firstValues = (action: AskedAction, given: Values = {}): Values => ({
  ...Object.fromEntries(forms[action].fields.flatMap((it) => (it.options ? [[it.name, it.options[0]!]] : []))),
  ...given,
});

/** The fields that still need something. */
export const missingIn = (action: AskedAction, values: Values): FieldName[] =>
  forms[action].fields.filter((it) => !it.isOptional && !it.orWhole && !values[it.name]?.trim()).map((it) => it.name);

/** The request as it will be sent. `atMs` is the moment, for ids. */
export const payloadOf = (action: AskedAction, values: Values, atMs: number): Record<string, unknown> =>
  forms[action].payload(trimmed(values), atMs) as Record<string, unknown>;

const trimmed = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, it]) => [name, it?.trim()])) as Values;
