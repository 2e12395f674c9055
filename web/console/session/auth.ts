// Calls of better-auth at /api/auth, which has a contract of its own: what we need of it, typed here.
import { CallFailed, failureOf } from '../../shared/client.ts';

/** @throws CallFailed with the words of the server, whichever of its two ways of saying no it uses */
export async function authCall<T = unknown>(path: string, body?: object): Promise<T> {
  const response = await fetch(`/api/auth${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }).catch((error: unknown) => {
    throw new CallFailed(0, String(error));
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  if (typeof answer === 'object' && answer !== null && 'message' in answer && !('title' in answer)) {
    const facts = answer as Readonly<Record<string, unknown>>;
    throw new CallFailed(response.status, String(facts.message), { code: String(facts.code ?? ''), issues: [], facts });
  }
  throw failureOf(response, answer);
}
