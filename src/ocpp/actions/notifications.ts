// Notifications that are kept in the raw log and, where somebody should look, become a line for the operator.
import { type Anomaly, anomaly } from '#station';
import type { Call, Handler } from '../action.ts';
import type { Action } from '../schema/types.ts';

/** Part 2 appendix 2: events of which the list says that they are not critical. */
const uncritical = new Set([
  'FailedToAuthenticateAtCsms',
  'CsmsFailedToAuthenticate',
  'ReconfigurationOfSecurityParameters',
  'InvalidMessages',
  'AttemptedReplayAttacks',
]);

/** Critical by the list, but what every start and every update does. */
const usual = new Set(['StartupOfTheDevice', 'ResetOrReboot', 'FirmwareUpdated']);

export const securityEventNotification = noting('SecurityEventNotification', ({ stationId, payload }) =>
  uncritical.has(payload.type) || usual.has(payload.type)
    ? undefined
    : {
        stationId,
        kind: 'security-event',
        sentence: `Security event ${payload.type}${payload.techInfo ? `: ${payload.techInfo}` : ''}`,
        facts: { ...payload },
      },
);

const failedFirmware = /Failed|Invalid|Revoked|Rejected|SignatureError/;

export const firmwareStatusNotification = noting('FirmwareStatusNotification', ({ stationId, payload }) =>
  failedFirmware.test(payload.status)
    ? { stationId, kind: 'firmware', sentence: `Firmware update: ${payload.status}`, facts: { ...payload } }
    : undefined,
);

const failedLog = /Failure|Denied|Bad|NotSupported/;

export const logStatusNotification = noting('LogStatusNotification', ({ stationId, payload }) =>
  failedLog.test(payload.status)
    ? { stationId, kind: 'log-upload', sentence: `Upload of its log: ${payload.status}`, facts: { ...payload } }
    : undefined,
);

export const notifyMonitoringReport = noting('NotifyMonitoringReport', () => undefined);

type Noted =
  | 'SecurityEventNotification'
  | 'FirmwareStatusNotification'
  | 'LogStatusNotification'
  | 'NotifyMonitoringReport';

function noting<A extends Action & Noted>(_: A, note: (call: Call<A>) => Anomaly | undefined): Handler<A> {
  return async (work, calls) => {
    await anomaly(
      work,
      calls.flatMap((it) => note(it) ?? []),
    );
    return calls.map(() => ({}));
  };
}
