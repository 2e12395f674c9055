// Signing out, and forgetting what was read by the one who leaves.
import { queries } from '../api/queries.ts';
import { live } from '../live/live.ts';
import { authCall } from './auth.ts';
import { session } from './session.ts';

/** Ends the session here and on the server. A server that is silent keeps it; the page says so by staying. */
export async function leave(): Promise<void> {
  await authCall('/sign-out', {});
  await goOnAlone();
}

/** Nobody sits here any more: what was read by the one who did is forgotten. */
export async function goOnAlone(): Promise<void> {
  session.left();
  await session.check();
  live.start();
  await queries.resetQueries();
}
