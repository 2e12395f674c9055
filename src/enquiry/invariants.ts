// What must hold of what is said to anybody.
import { sql } from 'kysely';
import type { Invariant } from '#kernel';
import { K } from './blurred.ts';

export const enquiryInvariants: readonly Invariant[] = [
  {
    id: 'enquiry.cells-of-many',
    sentence: 'No point of a fade curve is told of fewer than twenty packs',
    violations: () => sql`select model, pace, axis, bin, count(*) as packs from enquiry.contribution where told
      group by model, pace, axis, bin having count(*) < ${K}`,
  },
  {
    id: 'enquiry.plate-with-consent',
    sentence: 'What can be asked by plate is what a keeper allowed of that vehicle',
    violations:
      () => sql`select a.vin, a.id from enquiry.plate_answer a left join enquiry.consent c on c.id = a.consent_id
      where c.vin is distinct from a.vin`,
  },
  {
    id: 'enquiry.answer-of-edition',
    sentence: 'What is answered by plate is of a pack that has an answer by code, too',
    violations: () => sql`select a.vin, a.code from enquiry.plate_answer a
      where a.code not in (select code from enquiry.answer)`,
  },
];
