import type { Texts } from '../../../shared/words.ts';
import type { en } from '../en/index.ts';
import { devices } from './devices.ts';
import { shell } from './shell.ts';

export const zh: Texts<typeof en> = { ...shell, devices };
