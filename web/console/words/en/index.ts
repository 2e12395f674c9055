// All words of the console; one file for each page.
import { apiKeys } from './apiKeys.ts';
import { devices } from './devices.ts';
import { drivers } from './drivers.ts';
import { home } from './home.ts';
import { map } from './map.ts';
import { shell } from './shell.ts';
import { vehicles } from './vehicles.ts';

export const en = { ...shell, map, apiKeys, drivers, home, vehicles, devices };
