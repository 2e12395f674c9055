// A credential about a pack's health of which its holder shows as much as he likes: SD-JWT, RFC 9901, in the manner of SD-JWT VC.
// Own code, since the disclosures are those of our log (#record/verify) and the rest is a page: docs/decisions/0043.
import { type KeyObject, sign, verify } from 'node:crypto';
import { disclosureDigest, saltFrom, writeDisclosure } from '#record/verify';
import type { Instant } from '#units';
import { type Challenge, confirmation, demandBound } from './binding.ts';
import { decodedPart, encodedPart, malformed, NotCredible, parsedPart } from './jwt.ts';
import { demandNotRevoked, type StatusRef } from './statusList.ts';

export type Claims = Readonly<Record<string, string | number | boolean>>;

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
  /** Where it says that it was revoked; absent for one that cannot be. */
  readonly status?: StatusRef;
  /** Whose it is; whoever has a copy can show one without. */
  readonly holder?: KeyObject;
}

/** Signs the claims, each by its digest alone. @returns the JWT and all disclosures, for the holder */
export async function issueCredential(
  claims: Claims,
  { key, issuer, at, until, random, status, holder }: Issuing,
): Promise<string> {
  const disclosures = Object.entries(claims).map(([name, value]) =>
    writeDisclosure({ salt: saltFrom(random(16)), name, value }),
  );
  // Sorted, so that their order tells nothing (RFC 9901, 4.2.4.1).
  const digests = (await Promise.all(disclosures.map(disclosureDigest))).toSorted();
  const payload = {
    ...{ iss: issuer, iat: seconds(at), exp: seconds(until), vct: TYPE },
    ...{ _sd: digests, _sd_alg: 'sha-256' },
    ...(status && { status: { status_list: status } }),
    ...(holder && { cnf: confirmation(holder) }),
  };
  const signed = `${encodedPart({ alg: 'EdDSA', typ: 'dc+sd-jwt' })}.${encodedPart(payload)}`;
  const signature = sign(null, Buffer.from(signed), key).toString('base64url');
  return `${[`${signed}.${signature}`, ...disclosures].join('~')}~`;
}

/** What the holder passes on: only these claims. @throws NotCredible `not-disclosed` when it has not all of them */
export function presented(credential: string, names: readonly string[]): string {
  const { jwt, disclosures } = partsOf(credential);
  const kept = names.map((name) => {
    const found = disclosures.find((it) => readDisclosure(it)[1] === name);
    if (found === undefined) throw new NotCredible('not-disclosed', `The credential says nothing of "${name}"`);
    return found;
  });
  return `${[jwt, ...kept].join('~')}~`;
}

/** What a verifier has at hand beside the key of the issuer. */
interface Verifying {
  readonly key: KeyObject;
  readonly at: Instant;
  /** The newest status list of the issuer, as it was fetched or brought. */
  readonly statusList?: string;
  /** What the holder was asked to sign. */
  readonly challenge?: Challenge;
}

interface Credible {
  readonly issuer: string;
  readonly until: Instant;
  readonly claims: Claims;
  /** `not-checked`: there is a list, and it was not at hand. `none`: it cannot be revoked. */
  readonly status: 'not-revoked' | 'not-checked' | 'none';
  readonly statusAt?: string;
  /** `not-checked`: it is bound to a key, and nobody was asked to prove it. `none`: whoever has it can show it. */
  readonly holder: 'proven' | 'not-checked' | 'none';
}

/** What it says if it is true. @throws NotCredible */
export async function verifyCredential(
  credential: string,
  { key, at, statusList, challenge }: Verifying,
): Promise<Credible> {
  const { jwt, disclosures, proof, presentation } = partsOf(credential);
  const body = signedBody(jwt, key);
  const { iss, iat, exp, vct, _sd, _sd_alg, cnf } = body;
  const isWhole = typeof iss === 'string' && typeof iat === 'number' && typeof exp === 'number' && Array.isArray(_sd);
  if (!isWhole || vct !== TYPE || _sd_alg !== 'sha-256') throw malformed('it is signed, and no credential of health');
  if (exp <= seconds(at)) throw new NotCredible('expired', `It was valid until ${instant(exp)}`);
  if (iat > seconds(at)) throw new NotCredible('not-yet', `It is from ${instant(iat)}, which is still to come`);
  // What stands behind the last ~ is a proof or nothing: a disclosure that lost its ~ must not pass for one.
  if (proof !== '' && (cnf === undefined || proof.split('.').length !== 3))
    throw malformed('what it ends in is no proof');
  if (challenge) demandBound({ presentation, proof, cnf }, { ...challenge, at });
  const status = statusIn(body);
  if (status && statusList !== undefined) demandNotRevoked(statusList, status, { key, at });
  return {
    ...{ issuer: iss, until: instant(exp), claims: await disclosed(disclosures, _sd) },
    status: !status ? 'none' : statusList === undefined ? 'not-checked' : 'not-revoked',
    ...(status && { statusAt: status.uri }),
    holder: challenge ? 'proven' : cnf === undefined ? 'none' : 'not-checked',
  };
}

/** Where a credential stands in the list of its issuer. @throws NotCredible when this key did not sign it */
export const statusOf = (credential: string, key: KeyObject): StatusRef | undefined =>
  statusIn(signedBody(partsOf(credential).jwt, key));

function signedBody(jwt: string, key: KeyObject): Record<string, unknown> {
  const [header, body, signature, ...rest] = jwt.split('.');
  if (header === undefined || body === undefined || !signature || rest.length > 0) throw malformed('this is no JWT');
  const { alg, typ } = decodedPart(header);
  if (alg !== 'EdDSA' || typ !== 'dc+sd-jwt') throw malformed('the header is not that of such a credential');
  // One spelling for each signature: the last character has bits that say nothing.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature)
    throw malformed('its signature is spelt in another way');
  if (!verify(null, Buffer.from(`${header}.${body}`), key, Buffer.from(signature, 'base64url')))
    throw new NotCredible('wrong-signature', 'The issuer with this key did not sign this');
  return decodedPart(body);
}

function statusIn({ status }: Record<string, unknown>): StatusRef | undefined {
  if (status === undefined) return undefined;
  const { status_list: it } = status as { status_list?: { uri?: unknown; idx?: unknown } };
  if (typeof it?.uri !== 'string' || !Number.isSafeInteger(it.idx) || (it.idx as number) < 0)
    throw malformed('its status is none that we know');
  return { uri: it.uri, idx: it.idx as number };
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
  const it: unknown = parsedPart(text);
  const isOne =
    Array.isArray(it) && it.length === 3 && typeof it[0] === 'string' && typeof it[1] === 'string' && isPlain(it[2]);
  // RFC 9901, 7.1: names that mean something else are refused.
  if (!isOne || ['_sd', '...', '__proto__', 'iss', 'iat', 'exp', 'vct', 'cnf', 'status', '_sd_alg'].includes(it[1]))
    throw malformed('one of its disclosures is none');
  return it as unknown as Disclosure;
}

const isPlain = (it: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof it);

/** Behind the last ~ stands the proof of the holder's key, if there is one. */
function partsOf(credential: string) {
  const text = credential.trim();
  const [jwt, ...rest] = text.split('~');
  const proof = rest.pop();
  if (!jwt || proof === undefined) throw malformed('a JWT with its disclosures ends in ~');
  return { jwt, disclosures: rest, proof, presentation: text.slice(0, text.length - proof.length) };
}

const seconds = (at: Instant): number => Math.floor(at.epochMilliseconds / 1000);
const instant = (s: number): Instant => Temporal.Instant.fromEpochMilliseconds(Math.trunc(1000 * s));
