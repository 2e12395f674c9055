// What makers would supply for the passports of their models. Everything here is made up, and marked so wherever it is shown.
import type { Work } from '#kernel';
import { type PackModel, packModels } from '#pack';
import { supplySimulated } from '#passport';
import type { World } from './world.ts';

/** Supplies a made-up document for every model of the world; the codes say how those of the model begin. */
export async function supplyPassports(work: Work, packs: readonly World['stock'][number]['pack'][]): Promise<void> {
  const prefixes = new Map(packs.map((it) => [it.model, it.code.length === 24 ? it.code.slice(0, 7) : null]));
  for (const [index, model] of packModels.entries()) {
    const codePrefix = prefixes.get(model.id);
    if (codePrefix !== undefined)
      await supplySimulated(work, model.id, { number: index + 1, codePrefix, values: madeUpValues(model) });
  }
}

const papers = (model: PackModel, name: string): string => `https://example.org/simulated/${model.id}/${name}`;
const address = { addressCountry: 'CN', postalCode: '000000', streetAddress: 'Simulated Road 1' };

/** Figures of the catalogue where there are any, and made-up ones of a usual size where there are none. */
export function madeUpValues(model: PackModel): Record<string, unknown> {
  const { name, maker, chemistry, energyWh, massKg, nominalV, voltage } = model;
  const kWh = energyWh / 1000;
  const isLfp = chemistry === 'LFP';
  const organisation = {
    contactName: `${maker} (simulated)`,
    postalAddress: address,
    identifier: `simulated-${maker}`,
  };
  const paper = (it: string) => papers(model, it);
  return {
    operator: { ...organisation, contactName: 'Battery operator (simulated)', identifier: 'simulated-operator' },
    manufacturer: { ...organisation, webAddress: 'https://example.org/simulated' },
    madeAt: address,
    warrantyMonths: 96,
    massKg,
    separateCollection: paper('bin.svg'),
    cadmiumLead: paper('cd-pb.svg'),
    carbonLabel: paper('carbon.svg'),
    extinguishing: ['water', 'water mist'],
    labelsMean: 'Do not throw this battery away; it holds no cadmium or lead above the limits.',
    conformity: paper('declaration.pdf'),
    testReports: paper('tests.pdf'),
    ...carbon(kWh, isLfp, paper),
    dueDiligence: paper('due-diligence.pdf'),
    ...composition(massKg, isLfp),
    dismantling: [
      { documentType: 'DismantlingManual', mimeType: 'application/pdf', documentURL: paper('dismantling.pdf') },
      { documentType: 'RemovalManual', mimeType: 'application/pdf', documentURL: paper('removal.pdf') },
    ],
    partNumbers: [{ partName: `Coupler of ${name}`, partNumber: 'SIM-0001' }],
    spareParts: [
      {
        nameOfSupplier: 'Parts store (simulated)',
        addressOfSupplier: address,
        emailAddressOfSupplier: 'parts@example.org',
        supplierWebAddress: 'https://example.org/simulated/parts',
      },
    ],
    safetyMeasures: paper('safety.pdf'),
    ...recycled(isLfp),
    wastePrevention: paper('prevention.html'),
    wasteCollection: paper('collection.html'),
    endOfLife: paper('end-of-life.html'),
    ...performance(model, isLfp),
    ratedCapacityAh: Math.round(energyWh / nominalV),
    certifiedKWh: kWh,
    ...{ minV: Math.min(voltage.min, nominalV), nominalV, maxV: Math.max(voltage.max, nominalV) },
  };
}

const carbon = (kWh: number, isLfp: boolean, paper: (name: string) => string) => ({
  footprint: isLfp ? 0.055 : 0.075,
  ...{ footprintRaw: 62, footprintMaking: 30, footprintDistribution: 3, footprintEnd: 5 },
  footprintClass: 'simulated',
  footprintStudy: paper('footprint.pdf'),
  footprintTotal: Math.round(kWh * (isLfp ? 60 : 80)) / 1000,
});

const composition = (massKg: number, isLfp: boolean) => ({
  chemistry: isLfp
    ? { shortName: 'LFP', clearName: 'Lithium iron phosphate' }
    : { shortName: 'NMC', clearName: 'Lithium nickel manganese cobalt oxide' },
  criticalMaterials: isLfp ? ['Lithium', 'Natural graphite'] : ['Lithium', 'Nickel', 'Cobalt', 'Natural graphite'],
  materials: [
    ...(isLfp ? [] : [metal('Cobalt', '7440-48-4', 'Cathode', massKg * 0.02)]),
    metal('Lithium', '7439-93-2', 'Cathode', massKg * 0.02),
    metal('Natural graphite', '7782-42-5', 'Anode', massKg * 0.15),
  ],
  hazardous: [
    {
      class: 'SkinCorrosionOrIrritation',
      name: 'Lithium hexafluorophosphate',
      concentration: 1.5,
      location: { componentName: 'Electrolyte' },
      cas: '21324-40-3',
    },
  ],
  impact: ['Electrolyte that leaks burns the skin.'],
});

const metal = (name: string, cas: string, componentName: string, massKg: number) => ({
  ...{ name, cas, location: { componentName }, critical: true },
  massKg: Math.round(massKg * 10) / 10,
});

const recycled = (isLfp: boolean) => ({
  ...{ preNickel: isLfp ? 0 : 4, preCobalt: isLfp ? 0 : 6, preLithium: 2, preLead: 0 },
  ...{ postNickel: isLfp ? 0 : 3, postCobalt: isLfp ? 0 : 5, postLithium: 1, postLead: 0 },
  renewable: 0,
});

const performance = ({ id, energyWh }: PackModel, isLfp: boolean) => ({
  originalPower: [
    { atSoC: 80, powerCapabilityAt: energyWh * 3 },
    { atSoC: 20, powerCapabilityAt: energyWh * 2 },
  ],
  powerFade: 0,
  maxPowerW: energyWh * 3,
  powerToEnergy: 3,
  efficiency: 96,
  efficiencyHalfLife: 94,
  efficiencyFade: 0,
  selfDischarge: 2,
  resistance: [
    { batteryComponent: 'pack', ohmicResistance: 0.08 },
    { batteryComponent: 'cell', ohmicResistance: 0.0006 },
  ],
  lifetimeYears: 10,
  lifetimeCycles: isLfp ? 4000 : 2000,
  cycleTest: `https://example.org/simulated/${id}/cycle-test.pdf`,
  cycleTestRate: 1,
  exhaustedAt: 80,
  idleFromC: -20,
  idleToC: 45,
});
