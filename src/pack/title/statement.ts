// What owners sign about the title of a pack.
import type { z } from 'zod';
import type { PackCode } from '#units';
import { titleStatement } from '../api/titleStatement.ts';
import * as signing from './signed.ts';

export type Statement = z.infer<typeof titleStatement>;
export type Signed = signing.Signed<Statement>;

const wanted: signing.Wanted<Statement> = { schema: titleStatement, refusal: 'title-note-wrong' };

/** @throws Refused `title-note-wrong` */
export const readStatement = (text: string, code: PackCode): Signed => signing.readSigned(text, code, wanted);

/** The text that is signed. */
export const statementText = (statement: Statement): string => signing.signedText(statement);

type Signers = typeof signing.signersOf;

/** Which of these organisations signed. @throws Refused `title-note-wrong` for a signature of theirs that does not fit */
export const signersOf = (note: Parameters<Signers>[0], keys: Parameters<Signers>[1]): ReturnType<Signers> =>
  signing.signersOf(note, keys, wanted);
