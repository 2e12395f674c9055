import type { FirstSignIn } from '#party';

/** For the terminal of whoever starts a network: shown once, and kept nowhere. */
export const firstSignInText = ({ email, password }: FirstSignIn): string =>
  `First sign-in at /console/: ${email}, one-time password ${password} (shown this once; to be changed there)`;
