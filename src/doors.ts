// All that is asked by HTTP: each room's routes, with what they have to know of rooms above them.
import { demandLicensed } from '#exchange';
import { askReached, packsReached, subjectReached, swapReached } from '#insight';
import type { Door, Live, Work } from '#kernel';
import type { Structure } from '#pack';
import type { Keeper, Secret } from '#record';
import { lift } from '#station';
import { demandNoSwap, withdraw } from '#swap';
import { systemClock } from '#units';
import type { Accounts } from './accounts.ts';
import { type Audit, lastAudit } from './audit.ts';
import { basemapOf } from './basemap.ts';
import { enquiryRoutes } from './enquiry/routes.ts';
import { erasureRoutes } from './erasure/routes.ts';
import { handoverRoutes } from './exchange/handover/routes.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { gradeRoutes } from './health/grade/routes.ts';
import { riskRoutes } from './health/risk/routes.ts';
import { type Insight, insightRoutes } from './insight/routes.ts';
import { issuerKeyAt, statusUri } from './issuerKey.ts';
import { demandClearable, demandReceiver, judgeCommand, judgeVehicle, recoded, unknownHolders } from './judges.ts';
import { plateLimit } from './limits.ts';
import type { OpenChain } from './openChain.ts';
import type { Platforms } from './openPlatforms.ts';
import { packRoutes } from './pack/routes.ts';
import { titleRoutes } from './pack/title/routes.ts';
import { memberRoutes } from './party/memberRoutes.ts';
import { partyRoutes } from './party/routes.ts';
import { resolvePassports } from './passport/resolver.ts';
import { passportRoutes } from './passport/routes.ts';
import { serveStatus } from './passport/statusRoute.ts';
import { recordRoutes } from './record/routes.ts';
import { stationRoutes } from './station/routes.ts';
import { swapRoutes } from './swap/routes.ts';
import type { AppConfig, World } from './world.ts';

interface Place extends Pick<World, 'clock' | 'log'> {
  readonly config: AppConfig;
  /** What a secret is made of. */
  readonly random: World['randomBytes'];
  readonly live: Live;
  readonly property: Structure | undefined;
  readonly platforms: Platforms;
  readonly services: Accounts['services'];
  readonly audit: (work: Work, askedBy: string) => Promise<Audit>;
  /** Open a little after the ports are. */
  readonly later: {
    readonly keeper: () => Keeper | undefined;
    readonly chain: () => OpenChain | undefined;
    readonly secret: () => Secret | undefined;
  };
}

/** @returns what the console's reading needs beyond requests */
export function openDoors(door: Door, place: Place): Insight {
  const { config, clock, log, random, live, property, platforms, services, audit } = place;
  const { keeper, chain, secret } = place.later;
  partyRoutes(door, { random, judgeVehicle });
  memberRoutes(door, { random, services });
  packRoutes(door, {
    structure: property,
    unknownHolders,
    relabel: recoded,
    packsReached,
    withdraw,
    demandNoSwap,
    lift,
    demandClearable,
    demandReceiver,
  });
  titleRoutes(door, packsReached, demandLicensed);
  gradeRoutes(door, packsReached);
  riskRoutes(door, packsReached);
  passportRoutes(door, packsReached);
  resolvePassports(door);
  serveStatus(door, {
    key: () => issuerKeyAt(config.DATA_DIR),
    uri: () => statusUri(config),
    // A demo's time runs; credentials are dated and checked by everybody's.
    now: config.CLOCK_SPEED === undefined ? clock : systemClock,
  });
  exchangeRoutes(door, {
    platforms: platforms.all,
    packsReached,
    withdrawPack: withdraw,
    signedBy: platforms.signedBy,
    counted: async (subject) => await keeper()?.counted(subject),
  });
  handoverRoutes(door, { packsReached, keeper });
  stationRoutes(door, { random, judgeCommand });
  swapRoutes(door, { swap: swapReached, ask: askReached });
  erasureRoutes(door, { random, secret });
  recordRoutes(door, {
    reached: subjectReached,
    keeper,
    chain: () => chain()?.standing(),
    isPublic: config.PUBLIC_VIEW,
  });
  enquiryRoutes(door, { keeper, isPublic: config.PUBLIC_VIEW, mayAsk: plateLimit(config.RATE_LIMIT) });
  return insightRoutes(door, {
    live,
    clockSpeed: config.CLOCK_SPEED ?? 1,
    simulated: config.CLOCK_SPEED !== undefined,
    publicView: config.PUBLIC_VIEW,
    basemap: basemapOf(config),
    log,
    audit,
    lastAudit,
  });
}
