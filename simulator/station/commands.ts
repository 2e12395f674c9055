// What the server may ask of a station, and how the station answers. One function an action.
import { type CallFrame, OcppError } from '#link';
import type { Bay } from './bay.ts';
import type { Charging } from './charging.ts';
import type { Slot } from './memory.ts';
import { chunks, eventsOf, type Site, slotAt } from './site.ts';
import { availabilityOf, find, reportOf, type Variable, variablesOf } from './variables.ts';
import { availability, isoOf, type ocpp, stationAvailability, type Told } from './wire.ts';

export interface Commanded {
  readonly site: Site;
  readonly charging: Charging;
  readonly bay: Bay;
  reboot(reason: 'RemoteReset', isIdle: boolean): void;
  sayBoot(): void;
  sayHeartbeat(): void;
}

/** At most so many variables in one NotifyReport. */
const MOST_REPORTED = 25;

const answers = {
  GetVariables: (
    { site, charging }: Commanded,
    { getVariableData }: ocpp.GetVariablesRequest,
  ): ocpp.GetVariablesResponse => {
    charging.measure();
    const all = variablesOf(site, charging);
    return { getVariableResult: getVariableData.map((it) => read(all, it)) };
  },

  SetVariables: (
    { site, charging, bay }: Commanded,
    { setVariableData }: ocpp.SetVariablesRequest,
  ): ocpp.SetVariablesResponse => {
    const all = variablesOf(site, charging);
    return { setVariableResult: setVariableData.map((it) => write(all, bay, it)) };
  },

  GetBaseReport: (
    { site, charging }: Commanded,
    { requestId, reportBase }: ocpp.GetBaseReportRequest,
  ): ocpp.GetBaseReportResponse => {
    charging.measure();
    const all = variablesOf(site, charging);
    const wanted = reportBase === 'ConfigurationInventory' ? all.filter((it) => it.set) : all;
    const generatedAt = isoOf(site.life.scheduler.ms());
    const parts = chunks(wanted.map(reportOf), MOST_REPORTED);
    site.outbox.tell(
      ...parts.map((reportData, seqNo): Told => {
        const tbc = seqNo < parts.length - 1;
        return { action: 'NotifyReport', payload: { requestId, generatedAt, seqNo, tbc, reportData } };
      }),
    );
    return { status: 'Accepted' };
  },

  RequestBatterySwap: ({ bay }: Commanded, request: ocpp.RequestBatterySwapRequest) => bay.request(request),

  Reset: ({ site, bay, reboot }: Commanded, { type, evseId }: ocpp.ResetRequest): ocpp.ResetResponse => {
    if (evseId !== undefined) return { status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedParam' } };
    const waits = type === 'OnIdle' && bay.isExchanging;
    // The answer goes out first.
    site.life.after(1, () => reboot('RemoteReset', type === 'OnIdle'));
    return { status: waits ? 'Scheduled' : 'Accepted' };
  },

  TriggerMessage: (
    station: Commanded,
    { requestedMessage, evse }: ocpp.TriggerMessageRequest,
  ): ocpp.TriggerMessageResponse => {
    const { site, charging } = station;
    switch (requestedMessage) {
      case 'BootNotification':
        station.sayBoot();
        return { status: 'Accepted' };
      case 'Heartbeat':
        station.sayHeartbeat();
        return { status: 'Accepted' };
      case 'StatusNotification':
        site.outbox.tell(...statusOf(site, evse?.id));
        return { status: 'Accepted' };
      case 'TransactionEvent':
        site.outbox.tell(...charging.triggered(evse?.id));
        return { status: 'Accepted' };
      default:
        return { status: 'NotImplemented' };
    }
  },

  UnlockConnector: (
    { site, charging }: Commanded,
    { evseId }: ocpp.UnlockConnectorRequest,
  ): ocpp.UnlockConnectorResponse => {
    if (!slotAt(site, evseId)) return { status: 'UnknownConnector' };
    return { status: charging.powerOf(evseId) ? 'OngoingAuthorizedTransaction' : 'Unlocked' };
  },

  RequestStopTransaction: (
    { site, charging }: Commanded,
    { transactionId }: ocpp.RequestStopTransactionRequest,
  ): ocpp.RequestStopTransactionResponse => {
    const slot = site.slots.find((it) => charging.transactionIn(it.no) === transactionId);
    if (!slot) return { status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } };
    site.outbox.tell(...charging.stopped([slot], 'Remote'));
    return { status: 'Accepted' };
  },

  ChangeAvailability: (
    { site, charging, bay }: Commanded,
    { operationalStatus, evse }: ocpp.ChangeAvailabilityRequest,
  ): ocpp.ChangeAvailabilityResponse => {
    const isOperative = operationalStatus === 'Operative';
    if (evse === undefined || evse.id === 0) {
      site.memory.settings.operative = isOperative;
      tellAvailability(site, bay);
      if (isOperative) bay.serve();
      return { status: bay.isExchanging && !isOperative ? 'Scheduled' : 'Accepted' };
    }
    const slot = slotAt(site, evse.id);
    if (!slot || slot.isLifted) return { status: 'Rejected' };
    if (slot.operative !== isOperative) site.outbox.tell(...switched(site, charging, slot, isOperative));
    return { status: 'Accepted' };
  },
} satisfies Record<string, (station: Commanded, request: never) => object>;

/** @throws OcppError NotSupported for what this station cannot do */
export function answer(station: Commanded, { action, payload }: CallFrame): object {
  if (!Object.hasOwn(answers, action)) throw new OcppError('NotSupported', `this station does not support ${action}`);
  const act = answers[action as keyof typeof answers] as (station: Commanded, request: object) => object;
  return act(station, payload);
}

/** The state of one slot or of all, as the older message says it. */
const statusOf = (site: Site, slotNo?: number): Told[] =>
  site.slots
    .filter((it) => slotNo === undefined || slotNo === 0 || it.no === slotNo)
    .map((it) => ({
      action: 'StatusNotification',
      payload: {
        timestamp: isoOf(site.life.scheduler.ms()),
        connectorStatus: availabilityOf(it, site.memory.settings),
        evseId: it.no,
        connectorId: 1,
      },
    }));

const WAITS_S = 5;

/** The station and each of its slots say what they are now (G03, G04); what goes on is finished first. */
function tellAvailability(site: Site, bay: Bay): void {
  if (bay.isExchanging) {
    site.life.after(WAITS_S, () => tellAvailability(site, bay));
    return;
  }
  const { slots, memory } = site;
  const whole = stationAvailability(memory.settings.operative ? 'Available' : 'Unavailable');
  site.outbox.tell(
    ...eventsOf(site, [whole, ...slots.map((it) => availability(it.no, availabilityOf(it, memory.settings)))]),
  );
}

function switched(site: Site, charging: Charging, slot: Slot, isOperative: boolean): Told[] {
  const stopped = isOperative ? [] : charging.stopped([slot], 'Local');
  slot.operative = isOperative;
  const started = isOperative ? charging.started([slot]) : [];
  return [
    ...stopped,
    ...eventsOf(site, [availability(slot.no, availabilityOf(slot, site.memory.settings))]),
    ...started,
  ];
}

function read(
  all: readonly Variable[],
  { component, variable, attributeType }: ocpp.GetVariableDataType,
): ocpp.GetVariableResultType {
  const asked = { component, variable, ...(attributeType && { attributeType }) };
  if (attributeType && attributeType !== 'Actual') return { ...asked, attributeStatus: 'NotSupportedAttributeType' };
  const found = find(all, component, variable);
  if (typeof found === 'string') return { ...asked, attributeStatus: found };
  return { ...asked, attributeStatus: 'Accepted', attributeValue: found.get() };
}

function write(
  all: readonly Variable[],
  bay: Bay,
  { component, variable, attributeType, attributeValue }: ocpp.SetVariableDataType,
): ocpp.SetVariableResultType {
  const asked = { component, variable, ...(attributeType && { attributeType }) };
  if (attributeType && attributeType !== 'Actual') return { ...asked, attributeStatus: 'NotSupportedAttributeType' };
  if (isRelease(component, variable)) {
    const isKnown = bay.allowRelease(
      Number(component.instance ?? variable.instance),
      attributeValue.toLowerCase() === 'true',
    );
    return { ...asked, attributeStatus: isKnown ? 'Accepted' : 'UnknownComponent' };
  }
  const found = find(all, component, variable);
  if (typeof found === 'string') return { ...asked, attributeStatus: found };
  if (!found.set) return { ...asked, attributeStatus: 'Rejected', attributeStatusInfo: { reasonCode: 'ReadOnly' } };
  return { ...asked, attributeStatus: found.set(attributeValue) ? 'Accepted' : 'Rejected' };
}

/** Packloop's documented extension: whether the vehicle of a swap may leave. */
const isRelease = (component: ocpp.ComponentType, variable: ocpp.VariableType): boolean =>
  component.name.toLowerCase() === 'batteryswapctrlr' && variable.name.toLowerCase() === 'releaseallowed';
