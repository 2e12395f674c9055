import type { Texts } from '../../../shared/words.ts';
import type { en } from '../en/index.ts';
import { apiKeys } from './apiKeys.ts';
import { devices } from './devices.ts';
import { drivers } from './drivers.ts';
import { home } from './home.ts';
import { map } from './map.ts';
import { shell } from './shell.ts';
import { vehicles } from './vehicles.ts';

export const zh: Texts<typeof en> = { ...shell, map, apiKeys, drivers, home, vehicles, devices };
