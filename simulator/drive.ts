// What a drive takes out of a pack.
import { type Pack, ROAD_C } from './pack.ts';

/** Of a drive with one current. */
const STEP_S = 600;

/** The pack lies there, and then drives until then: so much energy, at this power, or as much as it needs to be done in time. */
export function drive(pack: Pack, { wh, powerW, untilMs }: { wh: number; powerW: number; untilMs: number }): void {
  const seconds = Math.min((wh / powerW) * 3600, (untilMs - pack.untilMs) / 1000);
  if (wh > 0 && seconds > 0) {
    pack.rest(untilMs - seconds * 1000, ROAD_C);
    const steps = Math.ceil(seconds / STEP_S);
    const currentOf = () => pack.twin.currentFor((wh / seconds) * 3600);
    for (let n = 0; n < steps && pack.twin.truth().soc > 0; n++) pack.carry(currentOf(), seconds / steps, ROAD_C);
    pack.look();
  }
  pack.rest(untilMs, ROAD_C);
}
