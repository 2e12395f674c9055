// `batteryCondition` of the Performance aspect: everything that changes, each with the moment it was so.
import type { ValueOf } from '../value.ts';
import { type Known, part } from './known.ts';

export const conditionOf = (it: Known) => ({
  energyThroughput: figure(it, 'energyKWh', 'energyThroughputValue'),
  capacityThroughput: figure(it, 'throughputAh', 'capacityThroughputValue'),
  numberOfFullCycles: figure(it, 'cycles', 'numberOfFullCyclesValue'),
  stateOfCertifiedEnergy: figure(it, 'soce', 'stateOfCertifiedEnergyValue'),
  capacityFade: figure(it, 'capacityFade', 'capacityFadeValue'),
  remainingEnergy: figure(it, 'remainingKWh', 'remainingEnergyValue'),
  remainingCapacity: figure(it, 'remainingCapacityAh', 'remainingCapacityValue'),
  negativeEvents: negativeEvents(it),
  temperatureInformation: minutes(it),
  remainingPowerCapability: power(it),
  evolutionOfSelfDischarge: figure(it, 'selfDischargeCourse', 'evolutionOfSelfDischargeValue'),
  currentSelfDischargingRate: figure(it, 'selfDischargeNow', 'currentSelfDischargingRateValue'),
  internalResistanceIncrease: it.value<ValueOf<'increases'>>('resistanceIncrease')?.map((one) => ({
    internalResistanceIncreaseValue: one.increase,
    lastUpdate: it.at('resistanceIncrease'),
    batteryComponent: one.batteryComponent,
  })),
  remainingRoundTripEnergyEfficiency: figure(it, 'remainingEfficiency', 'remainingRoundTripEnergyEfficiencyValue'),
  stateOfCharge: figure(it, 'soc', 'stateOfChargeValue'),
});

const figure = (it: Known, key: string, name: string) =>
  part(it.value(key), (value: unknown) => ({ [name]: value, lastUpdate: it.at(key) }));

/** Accidents and counts share one list of texts. Undefined where the reader may see none of them. */
function negativeEvents(it: Known) {
  const counts = [
    ['deepDischarges', 'deep discharges'],
    ['overcharges', 'overcharges'],
  ].flatMap(
    ([key, name]) =>
      part(it.value<number>(key!), (many: number) => [{ negativeEvent: `${many} ${name}`, lastUpdate: it.at(key!) }]) ??
      [],
  );
  const accidents = it.value<ValueOf<'happenings'>>('accidents');
  if (accidents === undefined && counts.length === 0) return undefined;
  return [...(accidents ?? []).map(({ what, at }) => ({ negativeEvent: what, lastUpdate: at })), ...counts];
}

function minutes(it: Known) {
  const [hot, cold, hotCharging, coldCharging] = [
    'hotMinutes',
    'coldMinutes',
    'hotChargingMinutes',
    'coldChargingMinutes',
  ];
  return {
    timeExtremeHighTemp: it.value(hot!),
    timeExtremeLowTemp: it.value(cold!),
    timeExtremeHighTempCharging: it.value(hotCharging!),
    timeExtremeLowTempCharging: it.value(coldCharging!),
    lastUpdate: it.at(hot!) ?? it.at(cold!),
  };
}

function power(it: Known) {
  const highest = it.value<ValueOf<'powers'>>('remainingPower')?.toSorted((a, b) => b.atSoC - a.atSoC)[0];
  const at = it.at('remainingPower');
  return highest && { remainingPowerCapabilityValue: { ...highest, rPCLastUpdated: at }, lastUpdate: at };
}
