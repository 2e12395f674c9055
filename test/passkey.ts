// An authenticator for tests: makes a passkey and proves that it has it, as a phone does (WebAuthn level 3, none attestation).
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

/** CBOR (RFC 8949) as far as a passkey needs it. */
function cbor(it: Cbor): Buffer {
  const head = (major: number, value: number): Buffer =>
    value < 24
      ? Buffer.from([(major << 5) | value])
      : value < 256
        ? Buffer.from([(major << 5) | 24, value])
        : Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
  if (typeof it === 'number') return it >= 0 ? head(0, it) : head(1, -1 - it);
  if (typeof it === 'string') return Buffer.concat([head(3, Buffer.byteLength(it)), Buffer.from(it)]);
  if (it instanceof Uint8Array) return Buffer.concat([head(2, it.length), it]);
  return Buffer.concat([head(5, it.size), ...[...it].flatMap(([key, value]) => [cbor(key), cbor(value)])]);
}

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

export interface Authenticator {
  /** The answer to what a server asked when somebody adds a passkey. */
  register(challenge: string): object;
  /** The answer to what a server asked when somebody signs in. */
  prove(challenge: string): object;
}

interface Terms {
  readonly rpId: string;
  readonly origin: string;
  /** Whether it asks who holds it: by PIN, finger or face. */
  readonly verifies?: boolean;
}

export function authenticator({ rpId, origin, verifies = true }: Terms): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string };
  const id = crypto.getRandomValues(new Uint8Array(32));
  const credentialId = Buffer.from(id).toString('base64url');
  let counter = 0;

  /** Present and verified; with the credential itself when it is made. */
  function dataOf(credential?: Buffer): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([
      sha256(rpId),
      Buffer.from([(credential ? 0x41 : 0x01) | (verifies ? 0x04 : 0)]),
      count,
      credential ?? Buffer.alloc(0),
    ]);
  }
  const client = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

  return {
    register(challenge) {
      const key = new Map<number, Cbor>([
        [1, 2], // elliptic curve
        [3, -7], // ES256
        [-1, 1], // P-256
        [-2, Buffer.from(x, 'base64url')],
        [-3, Buffer.from(y, 'base64url')],
      ]);
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)]);
      const attestation = new Map<string, Cbor>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', dataOf(credential)],
      ]);
      const response = {
        clientDataJSON: client('webauthn.create', challenge).toString('base64url'),
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['internal'],
      };
      return { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {}, response };
    },
    prove(challenge) {
      const clientData = client('webauthn.get', challenge);
      const data = dataOf();
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey);
      const response = {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      };
      return { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {}, response };
    },
  };
}
