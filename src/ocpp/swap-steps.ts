// Our extension of the device model: a station may tell the single steps and safety checks of a swap by NotifyEvent.
// component BatterySwapCtrlr, instance = requestId; variable SwapStep (actualValue: the step), or SafetyCheck (instance: the
// check, actualValue: the number measured). The README lists the words.
import { isNamed } from '#station';
import type { SwapReport } from '#swap';
import type { Instant, StationId } from '#units';
import type { EventData } from './schema/types.ts';

const steps = {
  arrived: 'arrived',
  identified: 'identified',
  positioned: 'positioned',
  lockedout: 'locked-out',
  removed: 'removed',
  stored: 'stored',
  picked: 'picked',
  installed: 'installed',
  released: 'released',
} as const;

const checks = ['locks', 'torque', 'interlock', 'insulation', 'coolant', 'mating'] as const;

/** Whether an event speaks of a swap's steps or checks, understood or not. */
export const isAboutSwap = ({ component, variable }: EventData): boolean =>
  isNamed(component.name, 'BatterySwapCtrlr') &&
  (isNamed(variable.name, 'SwapStep') || isNamed(variable.name, 'SafetyCheck'));

/** The step or check that an event of BatterySwapCtrlr reports; nothing when its words are unknown. */
export function swapReportOf(stationId: StationId, event: EventData, at: Instant): SwapReport | undefined {
  const requestId = Number(event.component.instance ?? Number.NaN);
  if (!Number.isInteger(requestId) || Math.abs(requestId) > 2_147_483_647) return undefined;
  const common = { stationId, requestId, at };
  if (isNamed(event.variable.name, 'SwapStep')) {
    const name = event.actualValue.toLowerCase();
    if (name === 'aborted') return { ...common, kind: 'aborted', reason: event.techInfo ?? 'no reason given' };
    if (!Object.hasOwn(steps, name)) return undefined;
    const step = steps[name as keyof typeof steps];
    const idToken = step === 'arrived' || step === 'identified' ? event.techInfo : undefined;
    return { ...common, kind: 'step', step, ...(idToken && { idToken }) };
  }
  if (!isNamed(event.variable.name, 'SafetyCheck')) return undefined;
  const check = checks.find((it) => isNamed(event.variable.instance ?? '', it));
  const value = event.actualValue.trim() === '' ? Number.NaN : Number(event.actualValue);
  return check && Number.isFinite(value) ? { ...common, kind: 'check', check, value } : undefined;
}
