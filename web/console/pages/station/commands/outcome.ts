// What became of a command, as an operator wants to hear it. Pure.
import type { stationApi } from '#station/api';
import type { Answer } from '../../../../shared/client.ts';
import type { Mood } from '../../../shell/State.tsx';

export type Command = Answer<typeof stationApi.command>;

/** What to say of it, and which word of the station's stands in it. */
export type OutcomeOf =
  | { readonly is: 'queued' | 'sent' | 'failed' | 'silent' | 'expired' }
  | { readonly is: 'accepted' | 'scheduled' | 'refused'; readonly status: string; readonly reason: string | undefined }
  | { readonly is: 'partly'; readonly good: number; readonly all: number };

/** OCPP has a word of its own for success in each answer. */
const good = new Set(['Accepted', 'Unlocked', 'AcceptedCanceled']);
const later = new Set(['Scheduled']);

interface StatusInfo {
  readonly reasonCode?: unknown;
  readonly additionalInfo?: unknown;
}

export function outcomeOf({ state, answer }: Pick<Command, 'state' | 'answer'>): OutcomeOf {
  if (state === 'queued' || state === 'sent' || state === 'failed' || state === 'expired') return { is: state };
  if (state === 'timed-out' || answer === null) return { is: 'silent' };
  const results = answer.getVariableResult ?? answer.setVariableResult;
  if (Array.isArray(results)) return ofResults(results as readonly Readonly<Record<string, unknown>>[]);
  const status = String(answer.status ?? 'Accepted');
  return { is: good.has(status) ? 'accepted' : later.has(status) ? 'scheduled' : 'refused', ...told(status, answer) };
}

function ofResults(results: readonly Readonly<Record<string, unknown>>[]): OutcomeOf {
  const statuses = results.map((it) => String(it.attributeStatus ?? ''));
  const accepted = statuses.filter((it) => good.has(it)).length;
  const [first] = results;
  if (statuses.length > 1 && accepted > 0 && accepted < statuses.length)
    return { is: 'partly', good: accepted, all: statuses.length };
  const info = (first?.attributeStatusInfo ?? undefined) as StatusInfo | undefined;
  return { is: accepted > 0 ? 'accepted' : 'refused', ...told(statuses[0] ?? '', { statusInfo: info }) };
}

function told(status: string, { statusInfo }: Readonly<Record<string, unknown>>) {
  const { reasonCode, additionalInfo } = (statusInfo ?? {}) as StatusInfo;
  const reason = [reasonCode, additionalInfo].filter(Boolean).map(String).join(': ');
  return { status, reason: reason === '' ? undefined : reason };
}

export const moods: Readonly<Record<OutcomeOf['is'], Mood>> = {
  queued: 'calm',
  sent: 'going',
  accepted: 'good',
  scheduled: 'going',
  refused: 'bad',
  partly: 'low',
  failed: 'bad',
  silent: 'bad',
  expired: 'low',
};

/** Nothing more will become of it. */
export const isOver = ({ state }: Pick<Command, 'state'>): boolean => state !== 'queued' && state !== 'sent';

/** The values that a station told, one line each: `ReserveCtrlr.Enabled = true`. */
export function valuesIn(answer: Command['answer']): readonly { readonly name: string; readonly value: string }[] {
  const results = answer?.getVariableResult;
  if (!Array.isArray(results)) return [];
  return (results as readonly VariableResult[]).map(({ component, variable, attributeValue, attributeStatus }) => ({
    name: [component?.name, component?.instance, variable?.name, variable?.instance].filter(Boolean).join('.'),
    value: attributeValue ?? attributeStatus ?? '',
  }));
}

interface VariableResult {
  readonly component?: { readonly name?: string; readonly instance?: string };
  readonly variable?: { readonly name?: string; readonly instance?: string };
  readonly attributeValue?: string;
  readonly attributeStatus?: string;
}
