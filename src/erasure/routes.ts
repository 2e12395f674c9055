import { type Caller, type Door, Refused, serve } from '#kernel';
import { demandDriverErasable, demandErasable, demandOwnErasable, personById } from '#party';
import type { Secret } from '#record';
import { erasureApi } from './api.ts';
import { erase } from './erase.ts';
import { dataOf } from './takeOut.ts';

interface Place {
  readonly random: (size: number) => Uint8Array;
  /** Of the log, once there is one. */
  readonly secret: () => Secret | undefined;
}

export const erasureRoutes = (door: Door, { random, secret }: Place): void =>
  serve(door, erasureApi, {
    takeOut: async (work, { caller }) => await dataOf(work, aPerson(caller), secret()),
    eraseMe: async (work, { body: { email }, caller }) => {
      const personId = aPerson(caller);
      const person = await personById(work, personId);
      if (email.trim().toLowerCase() !== person?.email)
        throw new Refused(
          'erasure-email-other',
          'email: this is not the email of your account',
          { field: 'email' },
          422,
        );
      await demandOwnErasable(work, personId);
      const erasing = { personId, by: caller.name, reason: 'asked for it' };
      return await erase(work, erasing, { random, secret: secret() });
    },
    eraseMember: async (work, { params: { id }, body, reach, caller, note }) => {
      const { personId, partyId } = await demandErasable(work, { membership: id, reach, askedBy: caller.personId });
      note({ about: partyId, subject: { personId } });
      return await erase(work, { ...body, personId, by: caller.name }, { random, secret: secret() });
    },
    eraseDriver: async (work, { body: { driver, ...said }, reach, caller }) => {
      await demandDriverErasable(work, { driver, reach, askedBy: caller.personId });
      return await erase(work, { ...said, driverId: driver, by: caller.name }, { random, secret: secret() });
    },
  });

/** @throws Refused `person-alone` for a key: it is nobody */
function aPerson({ personId }: Caller): string {
  if (personId === undefined) throw new Refused('person-alone', 'Only a person who is signed in can ask this', {}, 403);
  return personId;
}
