/**
 * We understood the request and will not do it. Throwing it undoes the work; the edges turn it into a problem+json reply
 * or an OCPP call error with the same code.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: string;
  readonly status: number;
  readonly facts: Record<string, unknown>;

  constructor(code: string, detail: string, facts: Record<string, unknown> = {}, status = 409) {
    super(detail);
    this.code = code;
    this.status = status;
    this.facts = facts;
  }
}
