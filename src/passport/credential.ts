// A credential about a pack's health of which its holder shows as much as he likes: SD-JWT, RFC 9901, in the manner of SD-JWT VC.
// Own code, since the disclosures are those of our log (#record/verify) and the rest is a page: docs/decisions/0043.
import { type KeyObject, sign, verify } from 'node:crypto';
import { disclosureDigest, saltFrom, writeDisclosure } from '#record/verify';
import type { Instant } from '#units';

export type Claims = Readonly<Record<string, string | number | boolean>>;

/** What a verifier takes or does not, with the reason. */
export class NotCredible extends Error {
  override readonly name = 'NotCredible';
  readonly reason: 'malformed' | 'wrong-signature' | 'expired' | 'not-yet' | 'not-disclosed';
  constructor(reason: NotCredible['reason'], sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}

const TYPE = 'urn:packloop:battery-health:1';
const STEPS = [50, 55, 60, 65, 70, 75, 80, 85, 90, 95];

/** The name of the claim that the state of health is at least so many percent. */
export const atLeast = (percent: number): string => `soh_at_least_${percent}`;
export const isStep = (percent: number): boolean => STEPS.includes(percent);

/** Claims about one pack. What is promised holds by the lower end of what is estimated, or by what was reported. */
export const healthClaims = (of: {
  readonly code: string;
  readonly soh: number;
  readonly lower: number;
  readonly basis: 'estimated' | 'reported';
  readonly measuredAt: Instant;
}): Claims => ({
  code: of.code,
  soh: of.soh,
  basis: of.basis,
  measured_at: of.measuredAt.toString(),
  ...Object.fromEntries(STEPS.map((it) => [atLeast(it), of.lower >= it])),
});

interface Issuing {
  readonly key: KeyObject;
  readonly issuer: string;
  readonly at: Instant;
  readonly until: Instant;
  /** So many random bytes. */
  readonly random: (size: number) => Uint8Array<ArrayBuffer>;
}

/** Signs the claims, each by its digest alone. @returns the JWT and all disclosures, for the holder */
export async function issueCredential(claims: Claims, { key, issuer, at, until, random }: Issuing): Promise<string> {
  const disclosures = Object.entries(claims).map(([name, value]) =>
    writeDisclosure({ salt: saltFrom(random(16)), name, value }),
  );
  // Sorted, so that their order tells nothing (RFC 9901, 4.2.4.1).
  const digests = (await Promise.all(disclosures.map(disclosureDigest))).toSorted();
  const payload = {
    ...{ iss: issuer, iat: seconds(at), exp: seconds(until), vct: TYPE },
    ...{ _sd: digests, _sd_alg: 'sha-256' },
  };
  const signed = `${encoded({ alg: 'EdDSA', typ: 'dc+sd-jwt' })}.${encoded(payload)}`;
  const signature = sign(null, Buffer.from(signed), key).toString('base64url');
  return `${[`${signed}.${signature}`, ...disclosures].join('~')}~`;
}

/** What the holder passes on: only these claims. @throws NotCredible `not-disclosed` when it has not all of them */
export function presented(credential: string, names: readonly string[]): string {
  const [jwt, ...disclosures] = partsOf(credential);
  const kept = names.map((name) => {
    const found = disclosures.find((it) => readDisclosure(it)[1] === name);
    if (found === undefined) throw new NotCredible('not-disclosed', `The credential says nothing of "${name}"`);
    return found;
  });
  return `${[jwt, ...kept].join('~')}~`;
}

/** What it says if it is true. @throws NotCredible */
export async function verifyCredential(
  credential: string,
  { key, at }: { readonly key: KeyObject; readonly at: Instant },
): Promise<{ readonly issuer: string; readonly until: Instant; readonly claims: Claims }> {
  const [jwt, ...disclosures] = partsOf(credential);
  const [header, body, signature, ...rest] = jwt.split('.');
  if (header === undefined || body === undefined || !signature || rest.length > 0) throw malformed('this is no JWT');
  const { alg, typ } = decoded(header);
  if (alg !== 'EdDSA' || typ !== 'dc+sd-jwt') throw malformed('the header is not that of such a credential');
  // One spelling for each signature: the last character has bits that say nothing.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature)
    throw malformed('its signature is spelt in another way');
  if (!verify(null, Buffer.from(`${header}.${body}`), key, Buffer.from(signature, 'base64url')))
    throw new NotCredible('wrong-signature', 'The issuer with this key did not sign this');
  const { iss, iat, exp, vct, _sd, _sd_alg } = decoded(body);
  const isWhole = typeof iss === 'string' && typeof iat === 'number' && typeof exp === 'number' && Array.isArray(_sd);
  if (!isWhole || vct !== TYPE || _sd_alg !== 'sha-256') throw malformed('it is signed, and no credential of health');
  if (exp <= seconds(at)) throw new NotCredible('expired', `It was valid until ${instant(exp)}`);
  if (iat > seconds(at)) throw new NotCredible('not-yet', `It is from ${instant(iat)}, which is still to come`);
  return { issuer: iss, until: instant(exp), claims: await disclosed(disclosures, _sd) };
}

async function disclosed(disclosures: readonly string[], digests: readonly unknown[]): Promise<Claims> {
  const claims = new Map<string, Claims[string]>();
  for (const it of disclosures) {
    const [, name, value] = readDisclosure(it);
    if (!digests.includes(await disclosureDigest(it)))
      throw new NotCredible('not-disclosed', `The issuer did not say that "${name}" is ${JSON.stringify(value)}`);
    if (claims.has(name)) throw malformed(`"${name}" is told twice`);
    claims.set(name, value);
  }
  return Object.fromEntries(claims);
}

type Disclosure = readonly [salt: string, name: string, value: Claims[string]];

function readDisclosure(text: string): Disclosure {
  const it: unknown = parsed(text);
  const isOne =
    Array.isArray(it) && it.length === 3 && typeof it[0] === 'string' && typeof it[1] === 'string' && isPlain(it[2]);
  // RFC 9901, 7.1: names that mean something else are refused.
  if (!isOne || ['_sd', '...', '__proto__', 'iss', 'iat', 'exp', 'vct', '_sd_alg'].includes(it[1]))
    throw malformed('one of its disclosures is none');
  return it as unknown as Disclosure;
}

const isPlain = (it: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof it);

/** The last part is empty: a proof of the holder's key would stand there, and we ask for none. */
function partsOf(credential: string): [string, ...string[]] {
  const [jwt, ...rest] = credential.trim().split('~');
  if (!jwt || rest.pop() !== '') throw malformed('a JWT with its disclosures ends in ~');
  return [jwt, ...rest];
}

const malformed = (why: string) => new NotCredible('malformed', `This is no credential: ${why}`);
const seconds = (at: Instant): number => Math.floor(at.epochMilliseconds / 1000);
const instant = (s: number): Instant => Temporal.Instant.fromEpochMilliseconds(Math.trunc(1000 * s));
const encoded = (it: object): string => Buffer.from(JSON.stringify(it)).toString('base64url');

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw malformed('a part of it is no JSON');
  }
}

function decoded(text: string): Record<string, unknown> {
  const it = parsed(text);
  if (typeof it === 'object' && it !== null && !Array.isArray(it)) return it as Record<string, unknown>;
  throw malformed('a part of it is no object');
}
