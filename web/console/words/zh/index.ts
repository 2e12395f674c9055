import type { Texts } from '../../../shared/words.ts';
import type { en } from '../en/index.ts';
import { account } from './account.ts';
import { anomalies } from './anomalies.ts';
import { apiKeys } from './apiKeys.ts';
import { audit } from './audit.ts';
import { capacityTest } from './capacityTest.ts';
import { catalogue } from './catalogue.ts';
import { compatibility } from './compatibility.ts';
import { devices } from './devices.ts';
import { drivers } from './drivers.ts';
import { grade } from './grade.ts';
import { handover } from './handover.ts';
import { home } from './home.ts';
import { invitation } from './invitation.ts';
import { bookAccount, bookTransfer, ledger } from './ledger.ts';
import { life } from './life.ts';
import { map } from './map.ts';
import { organisations } from './organisations.ts';
import { pack, packs } from './packs.ts';
import { passport } from './passport.ts';
import { partyKind, people, role } from './people.ts';
import { property } from './property.ts';
import { licences, missing, reports } from './reports.ts';
import { risk } from './risk.ts';
import { shell } from './shell.ts';
import { signIn } from './signIn.ts';
import { station } from './station.ts';
import { stations } from './stations.ts';
import { swap } from './swap.ts';
import { title } from './title.ts';
import { titleKeys } from './titleKeys.ts';
import { trail } from './trail.ts';
import { vehicles } from './vehicles.ts';
import { wall } from './wall.ts';
import { whatIf } from './whatIf.ts';

export const zh: Texts<typeof en> = {
  ...shell,
  account,
  invitation,
  organisations,
  partyKind,
  people,
  risk,
  role,
  signIn,
  trail,
  licences,
  property,
  titleKeys,
  missing,
  reports,
  map,
  wall,
  whatIf,
  apiKeys,
  drivers,
  home,
  vehicles,
  devices,
  swap,
  stations,
  station,
  anomalies,
  audit,
  bookAccount,
  bookTransfer,
  capacityTest,
  catalogue,
  compatibility,
  grade,
  ledger,
  life,
  pack,
  packs,
  passport,
  handover,
  title,
};
