// The status list, for whoever checks credentials. Open to all: it names nobody, and a credential says where it stands.
import type { KeyObject } from 'node:crypto';
import { type Door, noSuchPage } from '#kernel';
import { revokedPlaces } from './issued.ts';
import { statusList } from './statusList.ts';

/** Path of the list below the address of the server. */
export const STATUS_PATH = '/status/credentials';

interface Place {
  /** The issuer's key; undefined where nothing was ever issued. */
  readonly key: () => KeyObject | undefined;
  /** The address as credentials have it. */
  readonly uri: string;
}

export function serveStatus({ http, doWork }: Pick<Door, 'http' | 'doWork'>, { key, uri }: Place): void {
  http.get(STATUS_PATH, async (request, reply) => {
    const signer = key();
    if (!signer) return noSuchPage(request, reply);
    const list = await doWork(async (work) => statusList(await revokedPlaces(work), { key: signer, uri, at: work.at }));
    return reply
      .type('application/statuslist+jwt')
      .header('cache-control', 'public, max-age=3600')
      .header('access-control-allow-origin', '*')
      .send(list);
  });
}
