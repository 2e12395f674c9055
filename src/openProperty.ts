// How packs enter this network: a file that an administrator wrote. What has entered already stays as it is.
import { type Structure, structure } from '#pack';
import { jsonOfSetting } from './settingsFile.ts';

/** None where no file is named. @param asked the setting or option that names it @throws ConfigWrong */
export function structureIn(file: string | undefined, asked = 'PROPERTY_FILE'): Structure | undefined {
  if (file === undefined) return undefined;
  return jsonOfSetting(asked, file, structure);
}
