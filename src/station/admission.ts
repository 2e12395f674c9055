import { isPassword } from './password.ts';
import type { SecurityProfile } from './station.ts';

/** What somebody shows who wants to connect as a station. */
export interface Claim {
  readonly stationId: string;
  readonly tls: boolean;
  /** From the Authorization header. */
  readonly basic?: { readonly user: string; readonly password: string };
  /** Common name of a client certificate that our authority signed. */
  readonly certificateFor?: string;
}

export type Admission =
  | { readonly admitted: true; readonly by: string }
  | {
      readonly admitted: false;
      readonly why: 'unknown-station' | 'wrong-profile' | 'bad-credentials';
      readonly sentence: string;
    };

/** What is on file for a station; nothing when it is unknown. */
export interface OnFile {
  readonly securityProfile: SecurityProfile;
  readonly salt: string | null;
  readonly hash: string | null;
}

/**
 * Lets in who shows exactly what the station's security profile demands (OCPP 2.1 part 2 A00): a station uses one profile
 * at a time, and a weaker way than agreed is refused before any password is looked at.
 */
export function admission(claim: Claim, onFile: OnFile | undefined): Admission {
  if (!onFile) return no('unknown-station', 'no station of this name is registered');
  const { securityProfile, salt, hash } = onFile;
  if (claim.tls !== securityProfile > 1)
    return no(
      'wrong-profile',
      `it is registered for security profile ${securityProfile} and came ${claim.tls ? 'with' : 'without'} TLS`,
    );
  if (securityProfile === 3) {
    if (claim.certificateFor === claim.stationId) return { admitted: true, by: admittedBy(onFile) };
    return claim.certificateFor === undefined
      ? no('bad-credentials', 'it showed no client certificate that we can verify')
      : no('bad-credentials', `its client certificate is for ${JSON.stringify(claim.certificateFor.slice(0, 60))}`);
  }
  if (!claim.basic) return no('bad-credentials', 'it sent no user name and password');
  if (claim.basic.user !== claim.stationId)
    return no('bad-credentials', 'its user name is not the name of the station in the address');
  if (salt === null || hash === null || !isPassword(claim.basic.password, { salt, hash }))
    return no('bad-credentials', 'its password is wrong');
  return { admitted: true, by: admittedBy(onFile) };
}

/** What lets a station in, in a few characters: when that becomes another one, connections made by the old one are void. */
export const admittedBy = ({ securityProfile, salt }: OnFile): string => `${securityProfile}/${salt ?? ''}`;

const no = (why: 'unknown-station' | 'wrong-profile' | 'bad-credentials', sentence: string): Admission => ({
  admitted: false,
  why,
  sentence,
});
