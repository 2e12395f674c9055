// Messages in another order than they should have (fault `reorder`): the server must not care.
import type { Faults } from '../faults.ts';
import type { Kept } from './memory.ts';

const isSwap = ({ action }: Kept) => action === 'BatterySwap';
const isIn = (it: Kept) => isSwap(it) && it.json.includes('"eventType":"BatteryIn"');

/**
 * The messages of one moment in the order in which they shall go out. `heldBack` keeps a BatteryIn until the same station
 * reports that packs went out, or were not taken.
 */
export function arranged(messages: readonly Kept[], heldBack: Kept[], faults: Faults): readonly Kept[] {
  if (!messages.some(isSwap)) return messages;
  const onlyIn = messages.some(isIn) && !messages.some((it) => isSwap(it) && !isIn(it));
  if (faults.strikes('reorder', ({ how }) => how === 'events-first')) {
    const eventsFirst = [...messages.filter((it) => !isSwap(it)), ...messages.filter(isSwap)];
    return onlyIn ? eventsFirst : [...eventsFirst, ...heldBack.splice(0)];
  }
  if (onlyIn) {
    if (!faults.strikes('reorder', ({ how }) => how === 'out-first')) return messages;
    heldBack.push(...messages.filter(isIn));
    return messages.filter((it) => !isIn(it));
  }
  return [...messages, ...heldBack.splice(0)];
}
