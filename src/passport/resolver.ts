// The address in the QR code: people get a page, programs JSON or a linkset. Whoever asks, it is the public part and no more.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Door, Refused, type Work } from '#kernel';
import { find } from '#pack';
import type { PackCode } from '#units';
import { visible } from './access.ts';
import { codesOfSerial, type Linked, readLink } from './digitalLink.ts';
import { europeanExport } from './export/eu.ts';
import { passportNow } from './gather.ts';
import { noPage, publicPage } from './page.ts';
import { shown } from './shown.ts';
import { modelsOfGtin } from './store.ts';

/** Serves `/p/<code>` and `/01/<GTIN>/21/<serial>`. Open to all, as Article 77(2)(a) wants it, whoever may see the network. */
export function resolvePassports({ http, doWork }: Pick<Door, 'http' | 'doWork'>): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const wanted = wantedBy(request);
    const language = /^zh\b/i.test(request.headers['accept-language'] ?? '') ? 'zh' : 'en';
    reply.header('vary', 'accept, accept-language').header('cache-control', 'no-cache');
    const [type, body] = await doWork((work) => answered(work, request.url, wanted, language)).catch((error) => {
      if (wanted !== 'page' || !(error instanceof Refused && error.status === 404)) throw error;
      reply.code(404);
      return [HTML, noPage(language)] as const;
    });
    return reply.type(type).send(body);
  };
  http.get('/p/:code', answer);
  http.get('/01/:gtin/21/:serial', answer);
}

const HTML = 'text/html; charset=utf-8';

/** Media type and body. */
async function answered(work: Work, url: string, wanted: Wanted, language: 'en' | 'zh') {
  const linked = readLink(url);
  if (!linked) throw noSuchPassport();
  const passport = visible(await passportNow(work, await codeOf(work, linked)), { as: 'public' });
  const it = await shown(work, passport);
  if (wanted === 'linkset') return ['application/linkset+json', linksetOf(it.link)] as const;
  if (wanted === 'eu')
    return ['application/json', { id: it.id, code: it.code, aspects: europeanExport(passport) }] as const;
  if (wanted === 'json') return ['application/json', it] as const;
  return [HTML, publicPage(it, language)] as const;
}

async function codeOf(work: Work, linked: Linked): Promise<PackCode> {
  if (linked.is === 'code') return linked.code;
  for (const { model, codePrefix } of await modelsOfGtin(work, linked.gtin)) {
    const found = await find(work, codesOfSerial(linked.serial, codePrefix));
    const pack = found.find((it) => it.model === model);
    if (pack) return pack.code;
  }
  throw noSuchPassport();
}

const noSuchPassport = () => new Refused('passport-unknown', 'There is no passport at this address', {}, 404);

type Wanted = 'page' | 'json' | 'eu' | 'linkset';

/** By `linkType` as GS1 Digital Link has it, else by what the caller accepts; a browser accepts pages. */
function wantedBy({ query, headers }: FastifyRequest): Wanted {
  const { linkType } = query as { linkType?: unknown };
  const accept = headers.accept ?? '';
  if (linkType === 'all' || linkType === 'linkset' || accept.includes('application/linkset+json')) return 'linkset';
  if (linkType === 'packloop:eu') return 'eu';
  if (linkType === 'packloop:json') return 'json';
  if (linkType === 'gs1:pip') return 'page';
  return accept.includes('text/html') || !/application\/(ld\+)?json/.test(accept) ? 'page' : 'json';
}

/** RFC 9264. `gs1:pip` is the page for people; the other two are ours. */
const linksetOf = (path: string) => {
  const link = (linkType: string, type: string) => [{ href: `${path}?linkType=${linkType}`, type }];
  return {
    linkset: [
      {
        anchor: path,
        'https://gs1.org/voc/defaultLink': [{ href: path, type: 'text/html' }],
        'https://gs1.org/voc/pip': link('gs1:pip', 'text/html'),
        'https://packloop.example/voc/json': link('packloop:json', 'application/json'),
        'https://packloop.example/voc/eu': link('packloop:eu', 'application/json'),
      },
    ],
  };
};
