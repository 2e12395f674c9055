// What the server asks of whoever wants a list as a file, so that no button is offered that ends in a refusal. The server's
// own table is src/insight/exportTables.ts; a test holds them together.
import type { Needs } from '../session/permission.ts';

export const exportNeeds: Readonly<Record<string, Needs>> = {
  stations: 'network.see',
  packs: 'pack.see',
  swaps: 'swap.see',
  drivers: 'person.see',
  vehicles: 'person.see',
  tokens: 'person.see',
  devices: 'station.see',
  accounts: 'ledger.see',
  transfers: 'ledger.see',
  anomalies: 'station.see',
  messages: 'station.operate',
  slots: 'station.see',
  'pack-health': 'pack.see',
  'linked-transfers': 'ledger.see',
  'swap-transfers': 'swap.see',
  members: 'member.manage',
  invitations: 'member.manage',
  keys: 'key.manage',
  trail: 'trail.see',
  'pack-models': 'anyone',
  'vehicle-models': 'anyone',
  'station-presets': 'anyone',
  invariants: 'audit.see',
  violations: 'audit.see',
};
