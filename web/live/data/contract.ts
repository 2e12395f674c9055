// The contract's words as they travel. Types only; what is called stands in world.ts.
import type { z } from 'zod';
import type { anomaly, networkNow, slotNow, stationNow } from '#insight/api';
import type { swapInShort } from '#swap/api';
import type { Travelled } from '../../shared/client.ts';

export type Network = Travelled<z.output<typeof networkNow>>;
export type Station = Travelled<z.output<typeof stationNow>>;
export type Slot = Travelled<z.output<typeof slotNow>>;
export type Swap = Travelled<z.output<typeof swapInShort>>;
export type Anomaly = Travelled<z.output<typeof anomaly>>;
