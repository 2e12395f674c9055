import type { Instant, StationId } from '#units';

/** What we can ask of a station: OCPP 2.1 actions from us to it. */
export const commandActions = [
  'Reset',
  'GetVariables',
  'SetVariables',
  'GetBaseReport',
  'RequestBatterySwap',
  'TriggerMessage',
  'UnlockConnector',
  'ChangeAvailability',
  'RequestStopTransaction',
] as const;
export type CommandAction = (typeof commandActions)[number];

/**
 * Asking twice for these is asking once, so they may be sent again when nobody knows whether the station acted.
 * RequestBatterySwap is among them because the station recognises its requestId. A reset or an unlocking is not.
 */
export const repeatableActions: readonly CommandAction[] = [
  'GetVariables',
  'SetVariables',
  'GetBaseReport',
  'RequestBatterySwap',
  'TriggerMessage',
  'ChangeAvailability',
  'RequestStopTransaction',
];

export interface Command {
  readonly id: string;
  readonly stationId: StationId;
  readonly action: CommandAction;
  readonly payload: object;
  /** Who asked: a person's name, a key's name, or the room. */
  readonly askedBy: string;
  readonly state: 'queued' | 'sent' | 'answered' | 'failed' | 'timed-out' | 'expired';
  readonly tries: number;
  readonly mostTries: number;
  readonly timeoutMs: number;
  readonly notAfter: Instant | null;
  readonly askedAt: Instant;
  /** Not sent before. */
  readonly dueAt: Instant;
  readonly sentAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly answer: object | null;
  readonly error: string | null;
}

/**
 * Under which id a command is sent the so manieth time: known before it is sent, so that the log can hold the very frame. OCPP-J
 * 4.1.4 allows 36 characters, a UUID without its dashes has 32.
 */
export const messageIdOf = ({ id, tries }: Pick<Command, 'id' | 'tries'>): string =>
  `${id.replaceAll('-', '')}-${tries}`;

/** What came of sending a command once. */
export type CommandResult = { readonly id: string } & (
  | { readonly state: 'answered'; readonly answer: object }
  | { readonly state: 'failed' | 'timed-out'; readonly error: string }
  | { readonly state: 'queued'; readonly error: string; readonly dueAt: Instant }
);

/** How sending failed: certainly not acted upon, refused by the station, or nobody knows. */
export type Failure = 'not-sent' | 'refused' | 'no-answer' | 'link-closed';

/** Whether to send again, and when: at once after a lost link (the station is away anyway), later and later after silence. */
export function resultOf(command: Command, failure: Failure, error: string, at: Instant): CommandResult {
  const { id } = command;
  if (failure === 'refused') return { id, state: 'failed', error };
  const isSafe = failure === 'not-sent' || repeatableActions.includes(command.action);
  if (isSafe && command.tries < command.mostTries) {
    const waitS = failure === 'no-answer' ? 2 ** Math.min(command.tries, 6) : 1;
    return { id, state: 'queued', error, dueAt: at.add({ seconds: waitS }) };
  }
  return { id, state: failure === 'no-answer' ? 'timed-out' : 'failed', error };
}
