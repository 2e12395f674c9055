import { z } from 'zod';
import { event } from '#kernel';

/** Somebody may something else than before: a key, a session, a membership or an account has changed. */
export const accessChanged = event('party.accessChanged', z.object({}));
