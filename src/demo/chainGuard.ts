// A program that runs anvil for as long as whoever started it is there: `node chainGuard.ts PORT STATE`. However suddenly that one ends,
// by a signal that leaves no time for anything, this one notices by the channel between them, and lets anvil write what stands on it.
import { startAnvil } from '#record/chain';

/** To whoever started us. */
export type FromGuard = { readonly rpc: string; readonly pid: number } | { readonly failed: string };

const [port, state] = process.argv.slice(2);
const tell = (it: FromGuard) => void process.send?.(it);
// The channel alone says when it is over; a signal to the whole group would end the chain before the server that writes on it.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
const gone = new Promise<void>((done) => {
  process.once('disconnect', done);
  process.once('SIGTERM', () => done());
});
try {
  const anvil = await startAnvil(Number(port), ['--state', state!]);
  tell({ rpc: anvil.rpc, pid: anvil.pid });
  await gone;
  await anvil.stop();
} catch (error) {
  tell({ failed: (error as Error).message });
}
process.exit(0);
