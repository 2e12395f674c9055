// All words of the console; one file for each page.
import { devices } from './devices.ts';
import { shell } from './shell.ts';

export const en = { ...shell, devices };
