// Who sits here: read when the page opens, and again after every sign-in. One for the whole page.
import { consoleApi } from '#insight/api';
import { memberApi } from '#party/api';
import { type Answer, CallFailed, callRoute } from '../../shared/client.ts';
import { Store } from '../live/store.ts';
import { type Needs, publicPermissions } from './permission.ts';

export type ConsoleConfig = Answer<typeof consoleApi.config>;
/** The person behind the session, and what it allows. */
export type Me = Answer<typeof memberApi.me>;

export interface SessionState {
  readonly config: ConsoleConfig | undefined;
  /** Browser time in ms when `config` came. */
  readonly configAt: number;
  readonly me: Me | undefined;
  /** There was a session, and the server says it is over. */
  readonly expired: boolean;
  /** The server did not answer at all. */
  readonly unreachable: boolean;
}

const nobody: SessionState = { config: undefined, configAt: 0, me: undefined, expired: false, unreachable: false };

export class Session extends Store<SessionState> {
  constructor() {
    super(nobody);
  }

  /** Asks the server who we are. Never throws: a server that is silent leaves what was known. */
  readonly check = async (): Promise<void> => {
    try {
      const [config, me] = await Promise.all([callRoute(consoleApi.config), whoAmI()]);
      this.set(afterCheck(this.state(), { config, me, now: Date.now() }));
    } catch {
      this.set({ ...this.state(), unreachable: true });
    }
  };

  /** A call was answered with 401: whoever was signed in is so no longer. */
  readonly lost = (): void => {
    if (this.state().me && !this.state().expired) this.set({ ...this.state(), expired: true });
  };

  /** Goes on without the one who was here. */
  readonly left = (): void => this.set({ ...this.state(), me: undefined, expired: false });

  readonly may = (needs: Needs): boolean => mayIn(this.state(), needs);
}

/** What is known after the server was asked. A session that is gone leaves the page as it is, under a dialog. */
export function afterCheck(
  before: SessionState,
  { config, me, now }: { config: ConsoleConfig; me: Me | undefined; now: number },
): SessionState {
  return {
    config,
    configAt: now,
    me: me ?? before.me,
    expired: me === undefined && before.me !== undefined,
    unreachable: false,
  };
}

/** Whether the one who sits here may do this; where the network is public, anybody may see it. */
export function mayIn({ me, config }: Pick<SessionState, 'me' | 'config'>, needs: Needs): boolean {
  if (needs === 'anyone') return true;
  if (me) return needs === 'signed-in' || me.permissions[needs] !== undefined || isPublic(config, needs);
  return isPublic(config, needs);
}

const isPublic = (config: ConsoleConfig | undefined, needs: Needs): boolean =>
  config?.publicView === true && (publicPermissions as readonly Needs[]).includes(needs);

/** @throws CallFailed when the server is silent or broken; nobody when it knows no session */
async function whoAmI(): Promise<Me | undefined> {
  try {
    return await callRoute(memberApi.me);
  } catch (error) {
    if (error instanceof CallFailed && [401, 403, 404].includes(error.status)) return undefined;
    throw error;
  }
}

export const session = new Session();
