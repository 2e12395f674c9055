// The reply of a list with the instant its rows were read at: a page shows the age of what it shows. Browser-safe.
import { z } from 'zod';
import { wire } from '#units/api';
import { pageOf } from './route.ts';

/** A page of a list: `at` is when it was read, `nextCursor` is absent on the last page. */
export const listOf = <S extends z.ZodType>(item: S) => pageOf(item).extend({ at: wire.instant });

/** Words somebody typed to find something: part of a name or a code. */
export const searchText = z.string().trim().min(1).max(100);

/** `true` and `false` as they stand in an address. */
export const yesOrNo = z.enum(['true', 'false']).transform((it) => it === 'true');
