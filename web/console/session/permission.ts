import type { May, Permission } from '#kernel/api';

export type { Permission };
/** What a page or a button asks for. */
export type Needs = May;

/** What anybody may do where the network is shown to all. */
export const publicPermissions: readonly Permission[] = ['network.see'];
