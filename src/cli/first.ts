import type { FirstSignIn } from '#party';
import type { Config } from '../config.ts';

/** Where people open the console: passkeys and secure cookies stand by this address, and work at no other. */
export const consoleAt = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>, http: string): string =>
  `${new URL(PUBLIC_URL ?? `http://localhost:${new URL(http).port}`).origin}/console/`;

/** For the terminal of whoever starts a network: shown once, and kept nowhere. */
export const firstSignInText = ({ email, password }: FirstSignIn, console: string): string =>
  `First sign-in at ${console}: ${email}, one-time password ${password} (shown this once; to be changed there)`;
