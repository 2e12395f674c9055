// Signing out, and forgetting what was read by the one who leaves.
import { queries } from '../api/queries.ts';
import { live } from '../live/live.ts';
import { authCall } from './auth.ts';
import { session } from './session.ts';

/** Ends the session here and on the server. A server that is silent keeps it; the page says so by staying. */
export async function leave(): Promise<void> {
  await authCall('/sign-out', {});
  session.left();
  queries.clear();
  await session.check();
  live.start();
}
