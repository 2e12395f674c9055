// packloop mirror: a verified copy of a log, brought up to date each time it is called.
import { follow } from '#record/mirror';
import type { Common } from './open.ts';
import { say } from './say.ts';
import { filesAt, judged, type Place, trusted } from './verify.ts';

interface Options extends Common, Place {
  readonly from: string;
  readonly dir: string;
  readonly policy: string;
  readonly producers?: string;
}

export async function mirror(options: Options): Promise<void> {
  const { from, dir } = options;
  const asked = await trusted(options);
  const { accepted, before, events, fetched } = await judged(() =>
    follow({ from: filesAt(from, options), dir, ...asked }),
  );
  const { origin, size } = accepted.checkpoint;
  say(options.json === true, { holds: true, log: origin, size, before, events, fetched, dir }, () =>
    size === before
      ? `The copy of ${origin} in ${dir} is up to date: ${size} entries.`
      : `The copy of ${origin} in ${dir} went from ${before} to ${size} entries; ${fetched} files fetched, all of it verified.`,
  );
}
