import { leaveTrail, type Work } from '#kernel';

/** What a command wrote leaves its trail in the same work, as what is written by HTTP does. */
export const leaveOwnTrail = (work: Work, command: string, subject: Record<string, unknown>): Promise<unknown> =>
  leaveTrail(work, { caller: 'command line', partyId: null, route: `packloop ${command}`, subject, outcome: 'done' });
