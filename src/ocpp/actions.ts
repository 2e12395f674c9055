// What stations may call, and who answers. Everything else of OCPP 2.1 is NotSupported.
import type { Handler } from './action.ts';
import { authorize } from './actions/Authorize.ts';
import { batterySwap } from './actions/BatterySwap.ts';
import { bootNotification } from './actions/BootNotification.ts';
import { dataTransfer } from './actions/DataTransfer.ts';
import { meterValues } from './actions/MeterValues.ts';
import { notifyEvent } from './actions/NotifyEvent.ts';
import { notifyReport } from './actions/NotifyReport.ts';
import {
  firmwareStatusNotification,
  logStatusNotification,
  notifyMonitoringReport,
  securityEventNotification,
} from './actions/notifications.ts';
import { statusNotification } from './actions/StatusNotification.ts';
import { transactionEvent } from './actions/TransactionEvent.ts';
import type { Action } from './schema/types.ts';

/** Answered after what they changed is durable. Heartbeat is not here: it changes nothing and is answered from memory. */
export const handlers: { readonly [A in Action]?: Handler<A> } = {
  Authorize: authorize,
  BatterySwap: batterySwap,
  BootNotification: bootNotification,
  DataTransfer: dataTransfer,
  FirmwareStatusNotification: firmwareStatusNotification,
  LogStatusNotification: logStatusNotification,
  MeterValues: meterValues,
  NotifyEvent: notifyEvent,
  NotifyMonitoringReport: notifyMonitoringReport,
  NotifyReport: notifyReport,
  SecurityEventNotification: securityEventNotification,
  StatusNotification: statusNotification,
  TransactionEvent: transactionEvent,
};
