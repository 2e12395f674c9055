// The contract of accounts: who I am, who belongs to an organisation, invitations, and the trail of what everybody did.
// Signing in itself is better-auth's, at /api/auth/*. Plain data, browser-safe.
import { z } from 'zod';
import { listOf, pageQuery, permissions, route, searchText } from '#kernel/api';
import { wire } from '#units/api';
import { partyKinds, roles } from '../words.ts';

/** What somebody is given in an organisation. */
const post = {
  role: z.enum(roles),
  /** Confined to stations in these regions, such as CN-GD-SZ; not confined when absent. */
  regions: z
    .array(z.string().regex(/^[\x21-\x7e]{1,32}$/))
    .min(1)
    .max(100)
    .nullish(),
  /** Confined to these stations; station staff reach no others. */
  stations: z.array(wire.stationId).min(1).max(1000).nullish(),
  /** As whom a driver swaps. */
  driverId: wire.driverId.nullish(),
};

/** What somebody has, or is offered, in an organisation. */
const postHeld = {
  partyId: wire.partyId,
  partyName: z.string(),
  kind: z.enum(partyKinds),
  role: z.enum(roles),
  regions: z.array(z.string()).nullable(),
  stations: z.array(wire.stationId).nullable(),
  driverId: wire.driverId.nullable(),
};

export const membership = z.object({
  id: z.string(),
  ...postHeld,
  /** The company's sign-in service whose groups say this; null when somebody of ours said it. */
  via: z.string().nullable(),
  madeAt: wire.instant,
});

const reach = z.object({
  all: z.boolean(),
  tenants: z.array(wire.partyId).optional(),
  regions: z.array(z.string()).optional(),
  stations: z.array(wire.stationId).optional(),
  driver: wire.driverId.optional(),
});

export const me = z.object({
  kind: z.enum(['person', 'key']),
  /** As the books and the trail name the caller. */
  name: z.string(),
  person: z
    .object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      twoFactor: z.boolean(),
      /** Nothing works before the one-time password is changed: POST /api/auth/change-password. */
      passwordDue: z.boolean(),
    })
    .nullable(),
  /** The membership as which a person acts; another one: POST /v1/me/acting. */
  acting: z.string().nullable(),
  memberships: z.array(membership),
  /** What the caller may, and how far. */
  permissions: z.partialRecord(z.enum(permissions), reach),
});

export const member = membership.extend({
  personId: z.string(),
  name: z.string(),
  email: z.string(),
  twoFactor: z.boolean(),
  passwordDue: z.boolean(),
  lockedAt: wire.instant.nullable(),
  /** When a session was last made or renewed; null for somebody who has none. */
  lastSeenAt: wire.instant.nullable(),
});

export const invitation = z.object({
  id: z.string(),
  ...postHeld,
  name: z.string().nullable(),
  madeAt: wire.instant,
  madeBy: z.string(),
  expiresAt: wire.instant,
});

export const trace = z.object({
  seq: z.int(),
  at: wire.instant,
  /** key:<id>, person:<id>, command line. */
  caller: z.string(),
  /** The name of the person or the key, if it is known still. */
  callerName: z.string().nullable(),
  partyId: wire.partyId.nullable(),
  /** Whose the subject is, when it is another organisation's. */
  about: wire.partyId.nullable(),
  route: z.string(),
  subject: z.record(z.string(), z.unknown()),
  outcome: z.enum(['done', 'refused', 'failed']),
  code: z.string().nullable(),
  requestId: z.string().nullable(),
});
export const traceFilters = {
  caller: z.string().max(100).optional(),
  /** Part of the route, such as /v1/packs. */
  route: searchText.optional(),
  outcome: trace.shape.outcome.optional(),
  /** Part of the subject: an id, a code. */
  subject: searchText.optional(),
  from: wire.instant.optional(),
  to: wire.instant.optional(),
};

const one = z.object({ id: z.string().max(64) });
const personName = wire.name.max(100);
const token = z.string().min(20).max(100);
const password = z.string().min(12, 'at least 12 characters').max(200);

export const memberApi = {
  me: route({
    method: 'GET',
    path: '/v1/me',
    summary: 'Who I am here, what I may, and how far',
    may: 'signed-in',
    reply: me,
  }),
  actAs: route({
    method: 'POST',
    path: '/v1/me/acting',
    summary: 'Act as member of another organisation of mine, for the rest of this session',
    may: 'signed-in',
    body: z.strictObject({ membershipId: z.string().max(64) }),
    reply: z.object({ acting: z.string() }),
  }),
  signInOptions: route({
    method: 'GET',
    path: '/v1/sign-in-options',
    summary:
      'What a page needs to let somebody sign in: the sign-in services of companies, the least length of passwords',
    may: 'anyone',
    reply: z.object({
      services: z.array(z.object({ id: z.string(), name: z.string() })),
      passwordLength: z.object({ min: z.int(), max: z.int() }),
    }),
  }),
  members: route({
    method: 'GET',
    path: '/v1/members',
    summary: 'Who belongs to the organisations within reach, as what; in the order in which they joined',
    may: 'member.manage',
    query: pageQuery,
    reply: listOf(member),
  }),
  changeMember: route({
    method: 'POST',
    path: '/v1/members/:id',
    summary: 'Give a member another role, or confine him otherwise; holds at once',
    may: 'member.manage',
    params: one,
    body: z.strictObject(post),
    reply: membership,
  }),
  removeMember: route({
    method: 'POST',
    path: '/v1/members/:id/remove',
    summary: 'A member leaves the organisation; holds at once',
    may: 'member.manage',
    params: one,
    reply: z.object({ id: z.string() }),
  }),
  resetPassword: route({
    method: 'POST',
    path: '/v1/members/:id/password',
    summary:
      'Give a member a one-time password and end all sessions; only for people all of whose organisations are within reach',
    may: 'member.manage',
    params: one,
    reply: z.object({ email: z.string(), password: z.string() }),
    secret: true,
  }),
  lockMember: route({
    method: 'POST',
    path: '/v1/members/:id/lock',
    summary:
      'Lock somebody out on every device, or let him in again; only for people all of whose organisations are within reach',
    may: 'member.manage',
    params: one,
    body: z.strictObject({ locked: z.boolean() }),
    reply: z.object({ id: z.string(), locked: z.boolean() }),
  }),
  invitations: route({
    method: 'GET',
    path: '/v1/invitations',
    summary: 'Invitations that are open',
    may: 'member.manage',
    reply: z.object({ items: z.array(invitation), at: wire.instant }),
  }),
  invite: route({
    method: 'POST',
    path: '/v1/invitations',
    summary: 'Invite one person; the link is shown this once and holds a week',
    may: 'member.manage',
    /** The caller's own organisation when `partyId` is absent. */
    body: z.strictObject({ ...post, partyId: wire.partyId.optional(), name: personName.optional() }),
    reply: z.object({ id: z.string(), token: z.string(), path: z.string(), expiresAt: wire.instant }),
    secret: true,
  }),
  takeInvitationBack: route({
    method: 'POST',
    path: '/v1/invitations/:id/revoke',
    summary: 'Make an invitation void',
    may: 'member.manage',
    params: one,
    reply: z.object({ id: z.string() }),
  }),
  lookAtInvitation: route({
    method: 'POST',
    path: '/v1/invitations/look',
    summary: 'What a link invites to',
    may: 'anyone',
    body: z.strictObject({ token }),
    reply: invitation.pick({ partyName: true, kind: true, role: true, name: true, expiresAt: true }),
  }),
  acceptInvitation: route({
    method: 'POST',
    path: '/v1/invitations/accept',
    summary: 'Accept an invitation: with a new account, or, signed in, with the one that is there',
    may: 'anyone',
    body: z.strictObject({
      token,
      account: z.strictObject({ name: personName, email: z.email().max(200), password }).optional(),
    }),
    reply: z.object({ personId: z.string(), membershipId: z.string() }),
  }),
  trail: route({
    method: 'GET',
    path: '/v1/trail',
    summary: 'Every write within reach: who, when, which, about what, and what became of it; newest first',
    may: 'trail.see',
    query: pageQuery.extend(traceFilters),
    reply: listOf(trace),
  }),
};
