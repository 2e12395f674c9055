// Who listens to what a room tells the others.
import { chargesStopped, packFades, packKeptBack, restsEnded, riskChanged, sensorDoubted } from '#health';
import { Listeners } from '#kernel';
import { chargeEnded, packAlarming, restEnded, wentOutOfUse } from '#station';
import { cancelAt, withdraw } from '#swap';
import type { PackCode } from '#units';
import { answerRisk, orderLook, tellDoubts, tellOutOfUse } from './answerRisk.ts';
import { estimateHealth } from './estimateHealth.ts';
import { watchAlarming } from './watchHealth.ts';

/** Bookkeeping is all done in the work of the swap itself; here listens who may come later. */
export const listenersOfRooms = (): Listeners =>
  new Listeners()
    .on(chargeEnded, 'estimate health', estimateHealth)
    .on(chargeEnded, 'await rest', chargesStopped)
    .on(restEnded, 'look at rest', restsEnded)
    .on(packAlarming, 'watch', watchAlarming)
    .on(riskChanged, 'answer', answerRisk)
    .on(sensorDoubted, 'tell', tellDoubts)
    .on(wentOutOfUse, 'tell', tellOutOfUse)
    .on(wentOutOfUse, 'cancel', cancelAt)
    .on(packFades, 'order look', orderLook)
    .on(packKeptBack, 'withdraw', async (work, facts) => {
      for (const { code, why } of facts) await withdraw(work, code as PackCode, why);
    });
