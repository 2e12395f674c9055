// Who sits here: read when the page opens, and again after every sign-in. One for the whole page.
import { consoleApi } from '#insight/api';
import { type Answer, CallFailed, callRoute } from '../../shared/client.ts';
import { Store } from '../live/store.ts';
import { type Needs, type Permission, publicPermissions } from './permission.ts';

export type ConsoleConfig = Answer<typeof consoleApi.config>;

/** The person behind the session and what it allows. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly permissions: readonly Permission[];
  readonly memberships: readonly { readonly partyId: string; readonly partyName: string; readonly role: string }[];
}

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
      const before = this.state();
      const expired = before.expired || (before.me !== undefined && me === undefined);
      this.set({
        config,
        configAt: Date.now(),
        me: me ?? before.me,
        expired: expired && me === undefined,
        unreachable: false,
      });
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

/** Whether the one who sits here may do this; where the network is public, anybody may see it. */
export function mayIn({ me, config }: SessionState, needs: Needs): boolean {
  if (needs === 'anyone') return true;
  if (me) return needs === 'signed-in' || me.permissions.includes(needs);
  return needs !== 'signed-in' && config?.publicView === true && publicPermissions.includes(needs);
}

/** @throws CallFailed when the server is silent or broken; nobody when it knows no session */
async function whoAmI(): Promise<Me | undefined> {
  const response = await fetch('/v1/me', { headers: { accept: 'application/json' } }).catch((error: unknown) => {
    throw new CallFailed(0, String(error));
  });
  if (response.status >= 500) throw new CallFailed(response.status, response.statusText);
  return response.ok ? ((await response.json()) as Me) : undefined;
}

export const session = new Session();
