// The passport as the Battery Pass data model v1.2 publishes it (batterypass/BatteryPassDataModel, CC-BY-4.0): seven aspects, with
// the keys as they are spelt there. What a reader may not see, or nobody supplied, is left out and named.
import type { Visible } from '../access.ts';
import { attributes } from '../attributes/index.ts';
import type { ValueOf } from '../value.ts';
import { type Aspect, aspects } from '../words.ts';
import { conditionOf } from './condition.ts';
import { type Known, known, part, pruned } from './known.ts';

export interface AspectExport {
  readonly aspect: Aspect;
  readonly model: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Attributes that the schema requires and this file does not have: it is valid if and only if there are none. */
  readonly lacks: readonly {
    readonly no: number;
    readonly key: string;
    readonly why: 'missing' | 'withheld' | 'none';
  }[];
}

/** Names and versions of the published models. */
const MODELS: Readonly<Record<Aspect, string>> = {
  GeneralProductInformation: 'urn:samm:io.BatteryPass.GeneralProductInformation:1.2.0',
  Labels: 'urn:samm:io.BatteryPass.Labels:1.2.0',
  CarbonFootprint: 'urn:samm:io.BatteryPass.CarbonFootprint:1.2.0',
  SupplyChainDueDiligence: 'urn:samm:io.BatteryPass.SupplyChainDueDiligence:1.2.0',
  MaterialComposition: 'urn:samm:io.BatteryPass.MaterialComposition:1.2.0',
  Circularity: 'urn:samm:io.BatteryPass.Circularity:1.2.0',
  Performance: 'urn:samm:io.BatteryPass.Performance:1.2.1',
};

/** What no schema requires, by itself or because it is one entry of a list. */
const OPTIONAL = new Set([
  ...['footprintTotal', 'assurances', 'supplyIndex', 'criticalMaterials', 'impact', 'partNumbers'],
  ...['separateCollection', 'cadmiumLead', 'carbonLabel', 'labelsMean', 'deepDischarges', 'overcharges'],
  ...['footprintRaw', 'footprintMaking', 'footprintDistribution', 'footprintEnd'],
  ...['preNickel', 'preCobalt', 'preLithium', 'preLead', 'postNickel', 'postCobalt', 'postLithium', 'postLead'],
]);

/** What the published schemas cannot hold; our own JSON has all of it. */
export const cannotHold: readonly string[] = [
  'The pattern of e-mail addresses in GeneralProductInformation 1.2.0 lost its backslashes and refuses most real addresses: they are left out.',
  'warrentyPeriod is a month without a year (--MM): the year of the end of the warranty is left out.',
  'batteryPassportIdentifier allows small letters and digits alone: the code is written small, without hyphens.',
  'The temperature of the pack (84) has no place: temperatureInformation holds the minutes of 87 to 90 only.',
  'Critical raw materials (32) are public, but stand within the list of materials (33), which is not: without that right they are left out.',
  'remainingPowerCapability holds one state of charge: the highest is written.',
  'Performance requires all of its values for every category, also those that the category does not ask for.',
];

/** All seven. Valid against the published schemas where `lacks` is empty. */
export function europeanExport(passport: Visible): AspectExport[] {
  const it = known(passport);
  return aspects.map((aspect) => ({
    aspect,
    model: MODELS[aspect],
    payload: (pruned(PAYLOADS[aspect](it)) ?? {}) as Readonly<Record<string, unknown>>,
    lacks: lacking(passport, aspect),
  }));
}

function lacking({ values }: Visible, aspect: Aspect): AspectExport['lacks'] {
  const isAsked = (it: (typeof attributes)[number]) =>
    it.path !== null &&
    !OPTIONAL.has(it.key) &&
    // The extinguishing agent stands among the safety measures, too, and only there it must.
    (it.key === 'extinguishing' ? aspect === 'Circularity' : it.aspect === aspect);
  return attributes.filter(isAsked).flatMap(({ no, key }) => {
    const { state } = values[key]!;
    return state === 'known' ? [] : [{ no, key, why: state }];
  });
}

const PAYLOADS: Readonly<Record<Aspect, (it: Known) => object>> = {
  GeneralProductInformation: (it) => ({
    productIdentifier: it.value('batteryId'),
    batteryPassportIdentifier: it.value('passportId'),
    batteryCategory: it.value('category'),
    manufacturerInformation: organisation(it.value('manufacturer')),
    manufacturingDate: moment(it.value('madeOn')),
    batteryStatus: it.value('status'),
    batteryMass: it.value('massKg'),
    manufacturingPlace: it.value('madeAt'),
    operatorInformation: organisation(it.value('operator')),
    puttingIntoService: moment(it.value('inServiceSince')),
    warrentyPeriod: part(it.value('warrantyUntil'), (month: string) => `-${month.slice(4)}`),
  }),
  Labels: (it) => ({
    declarationOfConformity: it.value('conformity'),
    resultOfTestReport: it.value('testReports'),
    labels: LABELS.flatMap(([key, labelingSubject]) => {
      const labelingSymbol = it.value(key);
      return labelingSymbol === undefined
        ? []
        : [{ labelingSymbol, labelingMeaning: { en: it.value('labelsMean') ?? labelingSubject }, labelingSubject }];
    }),
  }),
  CarbonFootprint: (it) => ({
    batteryCarbonFootprint: it.value('footprint'),
    carbonFootprintPerLifecycleStage: STAGES.flatMap(([key, lifecycleStage]) => {
      const carbonFootprint = it.value(key);
      return carbonFootprint === undefined ? [] : [{ lifecycleStage, carbonFootprint }];
    }),
    carbonFootprintPerformanceClass: it.value('footprintClass'),
    carbonFootprintStudy: it.value('footprintStudy'),
    absoluteCarbonFootprint: it.value('footprintTotal'),
  }),
  SupplyChainDueDiligence: (it) => ({
    supplyChainDueDiligenceReport: it.value('dueDiligence'),
    thirdPartyAussurances: it.value('assurances'),
    supplyChainIndicies: it.value('supplyIndex'),
  }),
  MaterialComposition: (it) => ({
    batteryChemistry: it.value('chemistry'),
    batteryMaterials: it.value<ValueOf<'materials'>>('materials')?.map((one) => ({
      batteryMaterialLocation: one.location,
      batteryMaterialIdentifier: one.cas,
      batteryMaterialName: one.name,
      batteryMaterialMass: one.massKg,
      isCriticalRawMaterial: one.critical,
    })),
    hazardousSubstances: it.value<ValueOf<'substances'>>('hazardous')?.map((one) => ({
      hazardousSubstanceClass: one.class,
      hazardousSubstanceName: one.name,
      hazardousSubstanceConcentration: one.concentration,
      hazardousSubstanceImpact: it.value('impact') ?? [],
      hazardousSubstanceLocation: one.location,
      hazardousSubstanceIdentifier: one.cas,
    })),
  }),
  Circularity: (it) => ({
    dismantlingAndRemovalInformation: it.value('dismantling'),
    sparePartSources: it.value<ValueOf<'sources'>>('spareParts')?.map((one) => ({
      ...one,
      components: it.value('partNumbers') ?? [],
    })),
    recycledContent: METALS.flatMap(([name, recycledMaterial]) => {
      const [preConsumerShare, postConsumerShare] = [it.value(`pre${name}`), it.value(`post${name}`)];
      return preConsumerShare === undefined || postConsumerShare === undefined
        ? []
        : [{ preConsumerShare, recycledMaterial, postConsumerShare }];
    }),
    safetyMeasures: { safetyInstructions: it.value('safetyMeasures'), extinguishingAgent: it.value('extinguishing') },
    endOfLifeInformation: {
      wastePrevention: it.value('wastePrevention'),
      separateCollection: it.value('wasteCollection'),
      informationOnCollection: it.value('endOfLife'),
    },
    renewableContent: it.value('renewable'),
  }),
  Performance: (it) => ({ batteryTechicalProperties: technical(it), batteryCondition: conditionOf(it) }),
};

const technical = (it: Known) => ({
  originalPowerCapability: it.value('originalPower'),
  ratedMaximumPower: it.value('maxPowerW'),
  powerCapabilityRatio: it.value('powerToEnergy'),
  ratedEnergy: it.value('certifiedKWh'),
  expectedNumberOfCycles: it.value('lifetimeCycles'),
  initialSelfDischarge: it.value('selfDischarge'),
  roundtripEfficiency: it.value('efficiency'),
  ratedCapacity: it.value('ratedCapacityAh'),
  initialInternalResistance: it.value('resistance'),
  expectedLifetime: it.value('lifetimeYears'),
  nominalVoltage: it.value('nominalV'),
  minimumVoltage: it.value('minV'),
  maximumVoltage: it.value('maxV'),
  capacityThresholdForExhaustion: it.value('exhaustedAt'),
  lifetimeReferenceTest: it.value('cycleTest'),
  cRateLifeCycleTest: it.value('cycleTestRate'),
  temperatureRangeIdleState: { minimum: it.value('idleFromC'), maximum: it.value('idleToC') },
  roundTripEfficiencyat50PerCentCycleLife: it.value('efficiencyHalfLife'),
  roundTripEfficiencyFade: it.value('efficiencyFade'),
  powerFade: it.value('powerFade'),
});

/** See `cannotHold`: `w` instead of `\w`, as published. */
const PUBLISHED_EMAIL = /^[w.-]+@[w.-]+.[A-Za-z]{2,}$/;

function organisation(value: unknown): unknown {
  if (value === undefined) return undefined;
  const { emailAddress, ...rest } = value as ValueOf<'organisation'>;
  return emailAddress !== undefined && PUBLISHED_EMAIL.test(emailAddress) ? { ...rest, emailAddress } : rest;
}

/** A day as the moment it begins. */
const moment = (day: unknown) => part(day, (it: string) => `${it}T00:00:00Z`);

const LABELS = [
  ['separateCollection', 'SeparateCollection'],
  ['cadmiumLead', 'HazardousMaterial'],
  ['carbonLabel', 'CarbonFootPrint'],
] as const;
const STAGES = [
  ['footprintRaw', 'RawMaterialExtraction'],
  ['footprintMaking', 'MainProduction'],
  ['footprintDistribution', 'Distribution'],
  ['footprintEnd', 'Recycling'],
] as const;
const METALS = [
  ['Cobalt', 'Cobalt'],
  ['Nickel', 'Nickel'],
  ['Lithium', 'Lithium'],
  ['Lead', 'Lead'],
] as const;
