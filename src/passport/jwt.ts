// The parts of a JWT, read strictly; and why somebody does not believe what he is shown.

/** What a verifier takes or does not, with the reason. */
export class NotCredible extends Error {
  override readonly name = 'NotCredible';
  readonly reason:
    | 'malformed'
    | 'wrong-signature'
    | 'expired'
    | 'not-yet'
    | 'not-disclosed'
    | 'revoked'
    | 'status-unknown'
    | 'not-bound';
  constructor(reason: NotCredible['reason'], sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}

export const malformed = (why: string) => new NotCredible('malformed', `This is no credential: ${why}`);

export const encodedPart = (it: object): string => Buffer.from(JSON.stringify(it)).toString('base64url');

/** @throws NotCredible `malformed` */
export function parsedPart(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    throw malformed('a part of it is no JSON');
  }
}

/** @throws NotCredible `malformed` */
export function decodedPart(text: string): Record<string, unknown> {
  const it = parsedPart(text);
  if (typeof it === 'object' && it !== null && !Array.isArray(it)) return it as Record<string, unknown>;
  throw malformed('a part of it is no object');
}
