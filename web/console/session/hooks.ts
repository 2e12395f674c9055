import { useStore } from '../live/store.ts';
import type { Needs } from './permission.ts';
import { mayIn, type SessionState, session } from './session.ts';

export const useSession = (): SessionState => useStore(session);

/** Whether the one who sits here may do this: for buttons; pages are gated by their `needs`. */
export const useMay = (needs: Needs): boolean => mayIn(useSession(), needs);
