// Messages that are right by the schema and speak of real drivers, packs, slots and requests, in no order at all: what a
// station gone mad would say. Whatever it says, the books must stay true.
import type { Chance } from '#units';
import type { BuiltNetwork } from '../network.ts';

const eventTypes = ['BatteryIn', 'BatteryIn', 'BatteryOut', 'BatteryOut', 'BatteryOutTimeout'];
const steps = [
  ...['Arrived', 'Identified', 'Positioned', 'LockedOut', 'Removed', 'Stored', 'Picked', 'Installed', 'Released'],
  ...['Aborted', 'Danced'],
];
const checks = ['Locks', 'Torque', 'Interlock', 'Insulation', 'Coolant', 'Mating', 'Mood'];
const states = ['Available', 'Occupied', 'Unavailable', 'Faulted', 'Reserved'];

export interface Message {
  readonly action: string;
  readonly payload: object;
}

export function chaos(dice: Chance, { stations, vehicles }: BuiltNetwork): Message {
  const idToken = { idToken: anyToken(), type: 'ISO14443' };
  const requestId = dice.between(1, 9);
  const slot = dice.between(1, 23);
  const timestamp = anyTime(dice);
  const event = (rest: object) => ({
    action: 'NotifyEvent',
    payload: {
      generatedAt: timestamp,
      seqNo: 0,
      eventData: [
        {
          eventId: dice.between(0, 1e6),
          timestamp,
          trigger: 'Delta',
          eventNotificationType: 'HardWiredNotification',
          ...rest,
        },
      ],
    },
  });
  const swapCtrlr = { name: 'BatterySwapCtrlr', instance: String(requestId) };
  const kinds: (() => Message)[] = [
    () => ({ action: 'Authorize', payload: { idToken } }),
    () => ({
      action: 'BatterySwap',
      payload: { eventType: dice.pick(eventTypes), requestId, idToken, batteryData: batteries() },
    }),
    () => ({
      action: 'BatterySwap',
      payload: { eventType: dice.pick(eventTypes), requestId, idToken, batteryData: batteries() },
    }),
    () =>
      event({
        component: swapCtrlr,
        variable: { name: 'SwapStep' },
        actualValue: dice.pick(steps),
        techInfo: idToken.idToken,
      }),
    () =>
      event({
        component: swapCtrlr,
        variable: { name: 'SafetyCheck', instance: dice.pick(checks) },
        actualValue: String(dice.pick([0, 1, 100, 900, 'x'])),
      }),
    () =>
      event({
        component: { name: 'Connector', evse: { id: slot, connectorId: 1 } },
        variable: { name: 'AvailabilityState' },
        actualValue: dice.pick(states),
      }),
    () =>
      event({
        component: { name: 'BatteryCartridge', evse: { id: slot } },
        variable: { name: 'SoC' },
        actualValue: String(dice.between(-5, 110)),
      }),
    () => ({ action: 'TransactionEvent', payload: charging() }),
    () => ({ action: 'TransactionEvent', payload: charging() }),
    () => ({
      action: 'StatusNotification',
      payload: { timestamp, connectorStatus: dice.pick(states), evseId: slot, connectorId: 1 },
    }),
    () => ({
      action: 'BootNotification',
      payload: {
        reason: 'PowerUp',
        chargingStation: { model: 'mad', vendorName: 'fuzz', firmwareVersion: `${dice.between(1, 3)}.0` },
      },
    }),
  ];
  return dice.pick(kinds)();

  function anyToken(): string {
    return dice.next() < 0.1 ? `nobody-${dice.between(1, 5)}` : dice.pick(vehicles).idToken;
  }

  function batteries() {
    return Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () => ({
      evseId: dice.between(0, 23),
      serialNumber: anySerial(),
      soC: dice.between(0, 100),
      soH: dice.pick([98, 80, 0]),
    }));
  }

  function anySerial(): string {
    const standing = dice.pick(stations).slots.filter((it) => it !== null);
    const kind = dice.next();
    if (kind < 0.05) return `UNKNOWN${dice.between(1, 9)}`;
    return kind < 0.55 || standing.length === 0 ? dice.pick(dice.pick(vehicles).packs) : dice.pick(standing);
  }

  function charging() {
    return {
      eventType: dice.pick(['Started', 'Updated', 'Updated', 'Ended']),
      timestamp,
      triggerReason: 'MeterValuePeriodic',
      seqNo: dice.between(0, 12),
      transactionInfo: { transactionId: `tx-${dice.between(1, 30)}`, chargingState: 'Charging' },
      evse: { id: slot },
      meterValue: [
        {
          timestamp,
          sampledValue: [
            {
              value: dice.between(-10, 90_000),
              measurand: 'Energy.Active.Import.Register',
              unitOfMeasure: { unit: 'Wh' },
            },
            { value: dice.between(0, 100), measurand: 'SoC' },
          ],
        },
      ],
    };
  }
}

/** Around now, an hour ago, or absurd. */
function anyTime(dice: Chance): string {
  const kind = dice.next();
  if (kind < 0.02) return dice.pick(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '1970-01-01T00:00:00Z']);
  return new Date(Date.now() - dice.between(0, 3_600_000)).toISOString();
}
