// Passkeys: from what the server says to what the browser wants, and back. Browsers have both directions since 2024/25.
type Json = Parameters<typeof PublicKeyCredential.parseRequestOptionsFromJSON>[0];
type NewJson = Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0];

export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** @throws DOMException NotAllowedError when the person declines or waits too long */
export async function getPasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as Json);
  return asJson(await navigator.credentials.get({ publicKey }));
}

/** @throws DOMException NotAllowedError when the person declines or waits too long */
export async function makePasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as NewJson);
  return asJson(await navigator.credentials.create({ publicKey }));
}

function asJson(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('No passkey was given', 'NotAllowedError');
  return credential.toJSON();
}
