// What the simulator is told of a network: its input file. Whoever registers stations and vehicles writes it.
import { z } from 'zod';

const id = z.string().min(1).max(64);
const percent = z.number().min(0).max(100);
const place = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

/** The machine's steps, in the words of the server's swap room; how long each takes. */
export const machineSteps = [
  'positioned',
  'locked-out',
  'removed',
  'stored',
  'picked',
  'installed',
  'checked',
] as const;

/** What it is made of, by the catalogue; an LFP pack of a taxi when absent. */
const cells = {
  chemistry: z.enum(['LFP', 'NMC']).optional(),
  /** Cells, or groups of parallel cells, in series. */
  series: z.int().min(1).max(1000).optional(),
  /** What its electronics have counted so far; nothing when absent. */
  counted: z
    .object({
      hotMinutes: z.int().min(0),
      coldMinutes: z.int().min(0),
      hotChargingMinutes: z.int().min(0),
      coldChargingMinutes: z.int().min(0),
      deepDischarges: z.int().min(0),
      overcharges: z.int().min(0),
    })
    .partial()
    .optional(),
};

const pack = z.object({
  serial: z.string().min(1).max(50),
  capacityWh: z.number().positive(),
  soc: percent,
  soh: percent,
  modelId: id,
  ...cells,
});

const slot = z.object({
  slotNo: z.int().min(1),
  /** Null: the slot is empty, and the other fields mean nothing. */
  serial: z.string().min(1).max(50).nullable(),
  soc: percent.nullish(),
  soh: percent.nullish(),
  capacityWh: z.number().positive().nullish(),
  modelId: id.nullish(),
  ...cells,
});

const station = z.object({
  id: z.string().min(1).max(48),
  /** For HTTP Basic (security profiles 1 and 2); empty where a certificate speaks (3). */
  password: z.string(),
  name: z.string(),
  place,
  profile: z.enum(['chassis-robot', 'truck-side', 'truck-top', 'cabinet']),
  vendor: z.string().min(1).max(50),
  model: z.string().min(1).max(20),
  firmware: z.string().max(50),
  swapSeconds: z.number().positive(),
  steps: z.array(z.object({ step: z.enum(machineSteps), seconds: z.number().min(0) })),
  powerLimitW: z.number().positive(),
  /** From plugged in empty to ready. */
  chargeTurnHours: z.number().positive(),
  /** Whether it tells single steps and safety checks, and waits for the server's release. */
  reportsSteps: z.boolean(),
  /** Whether its chargers hear each cell's voltage from the pack, and tell it; they do when absent. */
  tellsCells: z.boolean().optional(),
  /** The last number that it gave a swap: it remembers that, whatever restarts. */
  lastRequestId: z.int().min(0).optional(),
  slots: z.array(slot).min(1),
});

const vehicle = z.object({
  vin: z.string().min(1).max(20),
  idToken: z.string().min(1).max(255),
  tokenType: z.string().min(1).max(20),
  modelId: id,
  use: z.enum(['private', 'taxi', 'ride-hailing', 'freight', 'delivery']),
  whPerKm: z.number().positive(),
  kmPerDay: z.number().min(0),
  swapsPerDay: z.number().min(0),
  /** Where it starts its days. */
  place,
  packs: z.array(pack).min(1),
  /** Stations that fit it, nearest first. */
  stationIds: z.array(z.string()),
  /** Packs that fit it. */
  packModelIds: z.array(id).min(1),
  /** How its driver swaps, as weights: reserves by app, shows a card (S01), or starts it from the phone (S02). */
  how: z.object({ app: z.number().min(0), card: z.number().min(0), remote: z.number().min(0) }),
});

export const roster = z.object({
  ocppUrl: z.url(),
  httpUrl: z.url(),
  /** An API key of scope `drive`: what the drivers' phones use. */
  apiKey: z.string(),
  clock: z.object({ speed: z.number().positive(), simulatedStart: z.iso.datetime(), realStartMs: z.number() }),
  seed: z.int(),
  stations: z.array(station).min(1),
  vehicles: z.array(vehicle),
});

export type Roster = z.infer<typeof roster>;
export type RosterStation = z.infer<typeof station>;
export type RosterVehicle = z.infer<typeof vehicle>;
export type RosterPack = z.infer<typeof pack>;
export type MachineStep = (typeof machineSteps)[number];
