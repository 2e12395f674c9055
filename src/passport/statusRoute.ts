// The status list, for whoever checks credentials. Open to all: it names nobody, and a credential says where it stands.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { type Door, noSuchPage } from '#kernel';
import type { Clock } from '#units';
import { ISSUER_PATH, STATUS_PATH } from './api.ts';
import { revokedPlaces } from './issued.ts';
import { statusList } from './statusList.ts';

interface Place {
  /** The issuer's key; undefined where nothing was ever issued. */
  readonly key: () => KeyObject | undefined;
  /** The address as credentials have it. */
  readonly uri: () => string;
  /** The time by which whoever checks lives, also where the network's own runs ahead. */
  readonly now: Clock;
}

export function serveStatus({ http, doWork }: Pick<Door, 'http' | 'doWork'>, { key, uri, now }: Place): void {
  http.get(STATUS_PATH, async (request, reply) => {
    const signer = key();
    if (!signer) return noSuchPage(request, reply);
    const list = await doWork(async (work) =>
      statusList(await revokedPlaces(work), { key: signer, uri: uri(), at: now() }),
    );
    return reply
      .type('application/statuslist+jwt')
      .header('cache-control', 'public, max-age=3600')
      .header('access-control-allow-origin', '*')
      .send(list);
  });
  http.get(ISSUER_PATH, async (request, reply) => {
    const signer = key();
    if (!signer) return noSuchPage(request, reply);
    return reply
      .type('application/x-pem-file')
      .header('access-control-allow-origin', '*')
      .send(createPublicKey(signer).export({ type: 'spki', format: 'pem' }));
  });
}
