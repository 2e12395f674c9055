import { z } from 'zod';
import { type Caller, cursorWrong, type Door, type Noted, Refused, seqCursor, serve, toPage, type Work } from '#kernel';
import type { Reach } from '#kernel/api';
import type { DriverId, PartyId } from '#units';
import { accessChanged } from './access.ts';
import { type me, memberApi } from './api.ts';
import { MIN_PASSWORD } from './auth.ts';
import { actingAs } from './callers.ts';
import { accepted, invitationOf, invitations, invite, takeBack } from './invitations.ts';
import {
  demandNotLast,
  demandPost,
  demandWithin,
  isOurs,
  join,
  leave,
  type Membership,
  members,
  membershipsOf,
  type Post,
  setPost,
  theMembership,
} from './members.ts';
import { actFor, actingOf, addPerson, oneTimePassword, personById, setLocked, setPassword } from './person.ts';
import { findParty, knownDrivers } from './store.ts';
import { namedTraces } from './trail.ts';

interface Place {
  readonly random: (size: number) => Uint8Array;
  /** The sign-in services of companies. */
  readonly services: readonly { readonly id: string; readonly name: string }[];
}

export const memberRoutes = (door: Door, { random, services }: Place): void =>
  serve(door, memberApi, {
    me: async (work, { caller }) => {
      const { kind, name, personId, sessionId, grants } = caller;
      const person = personId === undefined ? undefined : await personById(work, personId);
      const held = personId === undefined ? [] : await membershipsOf(work, personId);
      const chosen = sessionId === undefined ? null : await actingOf(work, sessionId);
      return {
        kind: kind === 'person' ? ('person' as const) : ('key' as const),
        name,
        person: person ? { ...person } : null,
        acting: actingAs(held, chosen)?.id ?? null,
        memberships: held,
        permissions: grants as z.output<typeof me>['permissions'],
      };
    },
    actAs: async (work, { body: { membershipId }, caller: { personId, sessionId } }) => {
      const held = personId === undefined ? [] : await membershipsOf(work, personId);
      if (sessionId === undefined || !held.some((it) => it.id === membershipId))
        throw new Refused('member-unknown', `You are no member ${membershipId}`, { id: membershipId }, 404);
      await actFor(work, sessionId, membershipId);
      work.announce(accessChanged, {});
      return { acting: membershipId };
    },
    signInOptions: async () => ({
      services: services.map((it) => ({ ...it })),
      passwordLength: { min: MIN_PASSWORD, max: 200 },
    }),
    members: async (work, { query: { cursor, limit }, reach }) => {
      const rows = await members(work, reach, uuidCursor(cursor), limit + 1);
      return { ...toPage(rows, limit, (it) => it.id), at: work.at };
    },
    changeMember: async (work, { params: { id }, body, reach, caller, note }) => {
      const held = await theTouchable(work, id, reach, note);
      if (body.role !== held.role) await demandNotLast(work, held, caller.personId);
      const post = { partyId: held.partyId, ...body };
      await demandFit(work, held.kind, post, reach);
      await setPost(work, id, post);
      work.announce(accessChanged, {});
      return await theMembership(work, id, reach);
    },
    removeMember: async (work, { params: { id }, reach, caller, note }) => {
      await demandNotLast(work, await theTouchable(work, id, reach, note), caller.personId);
      await leave(work, id);
      work.announce(accessChanged, {});
      return { id };
    },
    resetPassword: async (work, { params: { id }, reach, note }) => {
      const personId = await personWithin(work, id, reach, note);
      const password = oneTimePassword(random);
      await setPassword(work, personId, password);
      work.announce(accessChanged, {});
      return { email: (await personById(work, personId))!.email, password };
    },
    lockMember: async (work, { params: { id }, body: { locked }, reach, caller, note }) => {
      const personId = await personWithin(work, id, reach, note);
      note({ subject: { locked } });
      if (locked && personId === caller.personId)
        throw new Refused('locks-oneself-out', 'You would lock yourself out: let another administrator do it');
      if (locked) await demandNotLast(work, await theMembership(work, id, reach), caller.personId);
      await setLocked(work, personId, locked);
      work.announce(accessChanged, {});
      return { id, locked };
    },
    invitations: async (work, { reach }) => ({ items: await invitations(work, reach), at: work.at }),
    invite: async (work, { body: { partyId, name, ...given }, caller, reach, note }) => {
      const party = await partyWithin(work, partyId, caller, reach);
      const post = { partyId: party.id, ...given };
      await demandFit(work, party.kind, post, reach);
      const made = await invite(work, { post, name, by: caller.name, random: random(32) });
      note({ about: party.id, subject: { id: made.id, partyId: party.id } });
      // After the hash, which browsers send to nobody: no log and no referrer has it.
      return { ...made, path: `/console/invitation#${made.token}` };
    },
    takeInvitationBack: async (work, { params: { id }, reach, note }) => {
      note({ about: await takeBack(work, id, reach) });
      return { id };
    },
    lookAtInvitation: async (work, { body: { token } }) => {
      const { partyName, kind, role, name, expiresAt } = await invitationOf(work, token);
      return { partyName, kind, role, name, expiresAt };
    },
    acceptInvitation: async (work, { body: { token, account }, caller, note }) => {
      const { id, ...post } = await invitationOf(work, token);
      const personId = caller.personId ?? (account && (await addPerson(work, { ...account, passwordDue: false })));
      if (personId === undefined)
        throw new Refused('account-missing', 'account: sign in first, or give name, email and password', {}, 400);
      const membershipId = await join(work, personId, post, { by: post.madeBy });
      await accepted(work, id, personId);
      const { partyId, role } = post;
      note({
        caller: `person:${personId}`,
        partyId,
        subject: { personId, partyId, role, membershipId, invitation: id },
      });
      work.announce(accessChanged, {});
      return { personId, membershipId };
    },
    trail: async (work, { query: { cursor, limit, ...wanted }, reach }) => {
      const items = await namedTraces(work, reach, {
        ...wanted,
        before: cursor === undefined ? undefined : seqCursor(cursor),
        most: limit + 1,
      });
      return { ...toPage(items, limit, (it) => String(it.seq)), at: work.at };
    },
  });

type Note = (noted: Noted) => void;

/** @throws Refused `cursor-wrong` */
function uuidCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !z.uuid().safeParse(cursor).success) throw cursorWrong();
  return cursor;
}

/** A member who reaches no further than whoever changes something of him. @throws Refused `member-unknown`, `post-beyond-reach` */
async function theTouchable(work: Work, id: string, reach: Reach, note: Note): Promise<Membership> {
  const held = await theMembership(work, id, reach);
  const { personId, partyId } = held;
  note({ about: partyId, subject: { personId, partyId } });
  demandWithin(held, reach);
  return held;
}

/** A member whose account may be touched: nobody of ours belongs to somebody else as well. */
async function personWithin(work: Work, membershipId: string, reach: Reach, note: Note): Promise<string> {
  const { personId } = await theTouchable(work, membershipId, reach, note);
  if (!(await isOurs(work, personId, reach)))
    throw new Refused(
      'member-elsewhere-too',
      'This person belongs to another organisation as well: ask the platform',
      {},
      403,
    );
  return personId;
}

async function partyWithin(work: Work, given: PartyId | undefined, { tenant }: Caller, reach: Reach) {
  const id = given ?? tenant;
  const party = id && (await findParty(work, id));
  if (!party || !(reach.all || reach.tenants.includes(party.id)))
    throw new Refused('party-unknown', `There is no organisation ${id ?? ''}`, { partyId: id }, 404);
  return party;
}

async function demandFit(work: Work, kind: Membership['kind'], post: Post, reach: Reach): Promise<void> {
  demandPost(kind, post, reach);
  const { driverId } = post;
  if (driverId && !(await knownDrivers(work, [driverId], reach)).has(driverId as DriverId))
    throw new Refused('driver-unknown', `There is no driver ${driverId}`, { driverId }, 404);
}
