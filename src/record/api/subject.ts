import { z } from 'zod';

/** What an entry of the record is about. */
export const subject = z.string().regex(/^(pack|swap|station|party):[\x21-\x7e]{1,64}$/);
