// The ways in, as better-auth has them. Each resolves when the server lets us in, or throws CallFailed.
import { queries } from '../api/queries.ts';
import { live } from '../live/live.ts';
import { authCall } from './auth.ts';
import { getPasskey } from './passkey.ts';
import { session } from './session.ts';

/** @returns whether a second factor is asked for now */
export async function signInByPassword(email: string, password: string): Promise<boolean> {
  const answer = await authCall<{ twoFactorRedirect?: boolean }>('/sign-in/email', { email: email.trim(), password });
  if (answer.twoFactorRedirect === true) return true;
  await arrived();
  return false;
}

/** The code of an authenticator has six digits; anything else is one of the backup codes. */
export async function giveSecondFactor(typed: string): Promise<void> {
  const code = typed.trim();
  await (/^\d{6}$/.test(code.replaceAll(' ', ''))
    ? authCall('/two-factor/verify-totp', { code: code.replaceAll(' ', '') })
    : authCall('/two-factor/verify-backup-code', { code }));
  await arrived();
}

export async function signInByPasskey(): Promise<void> {
  const options = await authCall('/passkey/generate-authenticate-options');
  await authCall('/passkey/verify-authentication', { response: await getPasskey(options) });
  await arrived();
}

/** Leaves for the company's own sign-in page, which sends the browser back to where it was. */
export async function signInByService(id: string): Promise<void> {
  const back = location.pathname + location.search;
  const callbackURL = back.startsWith('/console/sign-in') ? '/console/' : back;
  const { url } = await authCall<{ url: string }>('/sign-in/social', {
    provider: id,
    callbackURL,
    errorCallbackURL: '/console/sign-in',
  });
  location.assign(url);
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await authCall('/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
  await arrived();
}

/** Somebody is here now: everything is read again as he may see it; what somebody else read is forgotten first. */
export async function arrived(): Promise<void> {
  const before = session.state().me?.name;
  await session.check();
  live.start();
  await (session.state().me?.name === before ? queries.invalidateQueries() : queries.resetQueries());
}
