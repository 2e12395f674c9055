// Facts and values for tests: a pack that everything is known of.
import { type PackModelId, packModel } from '#pack';
import type { PackCode } from '#units';
import { madeUpValues } from '../demo/passports.ts';
import type { Passport } from './passport.ts';
import { type Facts, passportOf } from './passport.ts';

const at = Temporal.Instant.from('2026-11-22T08:00:00Z');
const hour = (hours: number) => at.subtract({ hours });

/** A pack with a document, an estimate, a temperature and a life. */
export const facts = (over: Partial<Facts> = {}): Facts => ({
  code: '001PB750000001G110000001' as PackCode,
  at,
  model: 'nio-75',
  family: 'nio',
  producedOn: Temporal.PlainDate.from('2026-01-01'),
  capacityWh: 75_000,
  soc: 61.5,
  soh: 97,
  efc: 120.5,
  observedAt: hour(1),
  document: {
    ...{ version: 3, at: hour(1000), suppliedBy: 'maker', simulated: false },
    body: madeUpValues(packModel('nio-75' as PackModelId)!),
  },
  estimate: { soh: 95.5, ohms: 1.12, at: hour(2) },
  grade: { grade: 'vehicle', at: hour(2) },
  temperature: { celsius: 24.5, at: hour(1) },
  history: [
    { type: 'pack.registered', at: hour(900), body: {} },
    { type: 'swap.pack-given', at: hour(800), body: { at: hour(801).toString(), stationId: 'HF-01' } },
    { type: 'swap.pack-returned', at: hour(700), body: { at: hour(700).toString(), stationId: 'SZ-01' } },
    { type: 'health.risk-changed', at: hour(500), body: { level: 'stop' } },
    { type: 'health.risk-changed', at: hour(450), body: { level: 'inspect' } },
    { type: 'pack.tested', at: hour(400), body: {} },
    { type: 'swap.pack-given', at: hour(300), body: {} },
  ],
  original: null,
  successor: null,
  responsible: null,
  simulated: false,
  ...over,
});

/** What only a pack itself could tell: no network has it, a complete passport does. */
const FROM_BMS: Readonly<Record<string, unknown>> = {
  remainingPower: [{ atSoC: 80, powerCapabilityAt: 200_000 }],
  remainingEfficiency: 95,
  selfDischargeNow: 2.1,
  selfDischargeCourse: 0.1,
  hotMinutes: 11,
  coldMinutes: 12,
  hotChargingMinutes: 13,
  coldChargingMinutes: 14,
  deepDischarges: 1,
  overcharges: 0,
  assurances: 'https://example.org/assurance.pdf',
  supplyIndex: 7,
};

/** A passport in which all 93 are known. */
export function completePassport(over: Partial<Facts> = {}): Passport {
  const it = passportOf(facts(over));
  const told = Object.entries(FROM_BMS).map(([key, value]) => [
    key,
    { state: 'known' as const, value, basis: 'reported' as const, at: at.toString(), simulated: false },
  ]);
  return { ...it, values: { ...it.values, ...Object.fromEntries(told) } };
}
