// What stations show and demand over TLS: security profile 2 (the server's certificate) and 3 (their own as well).
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Roster } from './roster.ts';

/** Names of PEM files. In those of a station `{id}` stands for its id: each has a certificate of its own. */
export interface TlsFiles {
  /** Who signs the server's certificate; whom Node trusts when absent. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** How one station connects by TLS. */
export interface StationTls {
  readonly secureContext: SecureContext;
  /** Profile 3: its certificate speaks for it, and it sends no password. */
  readonly hasCertificate: boolean;
}

/**
 * Reads all files before anybody connects.
 * @returns how a station connects; undefined when the server's address is not `wss:`
 * @throws Error in a sentence that names the option and the file
 */
export function readTls(
  { ca, cert, key }: TlsFiles,
  { ocppUrl, stations }: Pick<Roster, 'ocppUrl'> & { readonly stations: readonly Needs[] },
): ((stationId: string) => StationTls) | undefined {
  if ((cert === undefined) !== (key === undefined))
    throw new Error('--cert and --key belong together: give both, or none for security profile 2');
  if (!ocppUrl.startsWith('wss:')) {
    const given = ca !== undefined ? '--ca' : '--cert';
    if (ca !== undefined || cert !== undefined)
      throw new Error(`${given} is for TLS, but ocppUrl of the roster is ${ocppUrl}: it must begin with wss://`);
    demandPasswords(stations);
    return undefined;
  }
  const trusted = ca === undefined ? {} : { ca: authorityIn('--ca', ca) };
  if (cert === undefined || key === undefined) {
    demandPasswords(stations);
    const same = { secureContext: createSecureContext(trusted), hasCertificate: false };
    return () => same;
  }
  const own = new Map(
    stations.map(({ id }) => {
      const pair = pairIn(fileOf(cert, id), fileOf(key, id));
      return [id, { secureContext: createSecureContext({ ...trusted, ...pair }), hasCertificate: true }];
    }),
  );
  return (stationId) => own.get(stationId)!;
}

interface Needs {
  readonly id: string;
  readonly password: string;
}

function demandPasswords(stations: readonly Needs[]): void {
  const mute = stations.find((it) => it.password === '');
  if (mute) throw new Error(`station ${mute.id} has no password in the roster: give --cert and --key (profile 3)`);
}

const fileOf = (pattern: string, id: string): string => pattern.replaceAll('{id}', encodeURIComponent(id));

function authorityIn(option: string, file: string): string {
  const text = read(option, file);
  certificateIn(option, file, text);
  return text;
}

function pairIn(certFile: string, keyFile: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [read('--cert', certFile), read('--key', keyFile)];
  const certificate = certificateIn('--cert', certFile, cert);
  let fits: boolean;
  try {
    fits = certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new Error(`--key ${keyFile} holds no private key in PEM form without a passphrase`);
  }
  if (!fits) throw new Error(`--key ${keyFile} is not the key of the certificate in ${certFile}`);
  return { cert, key };
}

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${option} ${file} cannot be read: ${(error as Error).message}`);
  }
}

function certificateIn(option: string, file: string, text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw new Error(`${option} ${file} holds no certificate in PEM form`);
  }
}
