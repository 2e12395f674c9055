import { sql } from 'kysely';
import type { Invariant } from '#kernel';

export const packInvariants: readonly Invariant[] = [
  {
    id: 'pack.succession-both-ways',
    sentence: 'A second-use code leads back to one original, and the original to one successor',
    violations: () => sql`select original, successor from pack.succession s
      where original = successor or exists (select from pack.succession o where o.original = s.successor and o.successor = s.original)`,
  },
  {
    id: 'pack.quarantine-explained',
    sentence: 'A quarantined pack says why',
    violations: () => sql`select code from pack.pack where quarantined and quarantined_why is null`,
  },
];
