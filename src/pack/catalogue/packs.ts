import { Fen, kWh } from '#units';
import { Firmware } from '../firmware.ts';
import type { Chemistry, PackFamily, PackModel, PackModelId, Range } from '../model.ts';
import { mounts } from './mounts.ts';

/** Cell voltage from empty to full, V: usual data-sheet limits. */
const CELL: Readonly<Record<Chemistry, Range>> = { LFP: { min: 2.5, max: 3.65 }, NMC: { min: 2.8, max: 4.25 } };

type Row = Pick<PackModel, 'name' | 'maker' | 'chemistry' | 'massKg' | 'series' | 'nominalV' | 'source' | 'assumed'> & {
  readonly energyKWh: number;
  /** Thousand yuan at 2025 prices. */
  readonly price: number | null;
  readonly ratedMatings?: number;
};

/** Assumed for every row: no maker publishes these. Age follows the usual 8-year warranty. */
const EVERYWHERE = [
  'mount',
  'voltage',
  'maxAgeYears',
  'ratedMatings',
  'needsVehicleFirmware',
  'needsStationFirmware',
] as const;

const model = (id: string, family: PackFamily, row: Row): PackModel => ({
  id: id as PackModelId,
  name: row.name,
  maker: row.maker,
  family,
  chemistry: row.chemistry,
  energyWh: kWh(row.energyKWh),
  massKg: row.massKg,
  series: row.series,
  nominalV: row.nominalV,
  voltage: { min: row.series * CELL[row.chemistry].min, max: row.series * CELL[row.chemistry].max },
  mount: mounts[family],
  commonPlatform: false,
  maxAgeYears: 8,
  ratedMatings: row.ratedMatings ?? 5000,
  needsVehicleFirmware: Firmware('1.0.0'),
  needsStationFirmware: Firmware('1.0.0'),
  priceFen: row.price === null ? null : Fen(row.price * 100_000),
  source: row.source,
  assumed: [...EVERYWHERE, ...row.assumed],
});

const CELLS = ['nominalV', 'series'] as const;
const choco = 'CATL Choco-SEB launch, 2024-12-18 (42/52/56/70 kWh); price from BNEF Dec 2025 at 7.1 yuan/USD';
const nio = 'NIO pack list prices 2024 and pack data sheets; outline published for the 150 kWh pack';
const nioNew = 'NIO generation 5 station and Onvo/Firefly announcements 2025-2026';

/** The pack models a network meets. `commonPlatform` stays false until a QC/T 1243 network-entry certificate is on file. */
export const packModels: readonly PackModel[] = [
  model('choco-20-lfp', 'choco-20', {
    name: 'Choco #20 LFP',
    maker: 'CATL',
    chemistry: 'LFP',
    energyKWh: 42,
    massKg: 300,
    series: 108,
    nominalV: 346,
    price: 25,
    source: choco,
    assumed: ['massKg', ...CELLS],
  }),
  model('choco-20-nmc', 'choco-20', {
    name: 'Choco #20 NMC',
    maker: 'CATL',
    chemistry: 'NMC',
    energyKWh: 52,
    massKg: 290,
    series: 96,
    nominalV: 355,
    price: 47,
    source: choco,
    assumed: ['massKg', ...CELLS],
  }),
  model('choco-25-lfp', 'choco-25', {
    name: 'Choco #25 LFP',
    maker: 'CATL',
    chemistry: 'LFP',
    energyKWh: 56,
    massKg: 390,
    series: 108,
    nominalV: 346,
    price: 34,
    source: choco,
    assumed: ['massKg', ...CELLS],
  }),
  model('choco-25-nmc', 'choco-25', {
    name: 'Choco #25 NMC',
    maker: 'CATL',
    chemistry: 'NMC',
    energyKWh: 70,
    massKg: 380,
    series: 96,
    nominalV: 355,
    price: 64,
    source: choco,
    assumed: ['massKg', ...CELLS],
  }),
  model('choco-block-26', 'choco-block', {
    name: 'Choco first block (2022)',
    maker: 'CATL',
    chemistry: 'LFP',
    energyKWh: 26.5,
    massKg: 165,
    series: 36,
    nominalV: 115,
    price: 16,
    source: 'CATL EVOGO launch, 2022-01-18: 26.5 kWh, over 160 Wh/kg, one block about 200 km',
    assumed: CELLS,
  }),
  model('choco-75-lfp', 'choco-75', {
    name: 'Choco truck 75#',
    maker: 'CATL',
    chemistry: 'LFP',
    energyKWh: 171,
    massKg: 1250,
    series: 180,
    nominalV: 580,
    price: 100,
    source: 'CATL QIJI 75# announcement: 171 kWh LFP',
    assumed: ['massKg', ...CELLS],
  }),
  model('nio-75', 'nio', {
    name: 'NIO 75',
    maker: 'NIO',
    chemistry: 'LFP',
    energyKWh: 75,
    massKg: 545,
    series: 120,
    nominalV: 384,
    price: 70,
    ratedMatings: 3000,
    source: nio,
    assumed: ['massKg', ...CELLS],
  }),
  model('nio-100', 'nio', {
    name: 'NIO 100',
    maker: 'NIO',
    chemistry: 'NMC',
    energyKWh: 100,
    massKg: 555,
    series: 96,
    nominalV: 355,
    price: 128,
    ratedMatings: 3000,
    source: nio,
    assumed: CELLS,
  }),
  model('nio-150', 'nio', {
    name: 'NIO 150 semi-solid',
    maker: 'NIO',
    chemistry: 'NMC',
    energyKWh: 150,
    massKg: 575,
    series: 96,
    nominalV: 355,
    price: 298,
    ratedMatings: 3000,
    source: `${nio}; price about that of an ET5`,
    assumed: ['priceFen', ...CELLS],
  }),
  model('onvo-60', 'onvo', {
    name: 'Onvo 60',
    maker: 'NIO',
    chemistry: 'LFP',
    energyKWh: 60,
    massKg: 420,
    series: 108,
    nominalV: 350,
    price: null,
    ratedMatings: 3000,
    source: nioNew,
    assumed: ['massKg', 'chemistry', ...CELLS],
  }),
  model('onvo-85', 'onvo', {
    name: 'Onvo 85',
    maker: 'NIO',
    chemistry: 'NMC',
    energyKWh: 85,
    massKg: 470,
    series: 96,
    nominalV: 350,
    price: null,
    ratedMatings: 3000,
    source: nioNew,
    assumed: ['massKg', 'chemistry', ...CELLS],
  }),
  model('firefly-42', 'firefly', {
    name: 'Firefly 42.1',
    maker: 'NIO',
    chemistry: 'LFP',
    energyKWh: 42.1,
    massKg: 300,
    series: 108,
    nominalV: 350,
    price: null,
    ratedMatings: 3000,
    source: nioNew,
    assumed: ['massKg', 'chemistry', ...CELLS],
  }),
  model('gbrc-50', 'gbrc', {
    name: 'Livan GBRC 50',
    maker: 'Livan',
    chemistry: 'LFP',
    energyKWh: 50,
    massKg: 350,
    series: 108,
    nominalV: 345,
    price: 30,
    source: 'Livan GBRC claim: 50-100 kWh, 2,500 cycles, 800,000 km or 8 years',
    assumed: ['massKg', ...CELLS],
  }),
  model('gbrc-100', 'gbrc', {
    name: 'Livan GBRC 100',
    maker: 'Livan',
    chemistry: 'LFP',
    energyKWh: 100,
    massKg: 640,
    series: 108,
    nominalV: 345,
    price: null,
    source: 'Livan GBRC claim: 50-100 kWh; upper end',
    assumed: ['massKg', ...CELLS],
  }),
  model('two-wheeler-48v', 'two-wheeler-48', {
    name: '48 V courier pack',
    maker: 'generic',
    chemistry: 'LFP',
    energyKWh: 1.5,
    massKg: 11,
    series: 15,
    nominalV: 48,
    price: 1.2,
    source: 'class of cabinet packs for delivery riders, no single product',
    assumed: ['energyWh', 'massKg', 'chemistry', 'priceFen', ...CELLS],
  }),
];

const byId = new Map<string, PackModel>(packModels.map((it) => [it.id, it]));
export const packModel = (id: PackModelId): PackModel | undefined => byId.get(id);
