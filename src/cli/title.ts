// packloop title: an organisation's key, and its signature under what it agrees to about title and hand-overs. Needs no network;
// delivering is a POST.
import { writeFileSync } from 'node:fs';
import { handoverStatement } from '#exchange/api';
import { titleStatement } from '#pack/api';
import { signedNote } from '#record/log';
import { canonicalBytes, type Json, readNote, utf8 } from '#record/verify';
import { asked, textIn } from './files.ts';
import { keyFile, keyIn, type Making } from './keyFile.ts';
import type { Common } from './open.ts';
import { Failed, say } from './say.ts';

/** Makes a key file, mode 600, and shows the public key to be registered. */
export async function makeTitleKey({ json, name, out, sm2 }: Common & Making): Promise<void> {
  const key = await keyFile({ name, out, sm2 });
  say(json === true, { key, file: out }, `${key}\n(register it: POST /v1/title/keys; the secret is in ${out})`);
}

/** Signs a statement in JSON, or adds a signature to what others have signed. The note goes to the output, or into a file. */
export async function signStatement(file: string, options: Common & { keyFile: string; out?: string }): Promise<void> {
  const { json, keyFile, out } = options;
  const key = await keyIn(keyFile);
  // Whoever takes it from an answer by `jq -r` has a line end too many, and an empty line is what tells a note.
  const given = `${textIn(file).trimEnd()}\n`;
  const isNote = given.includes('\n\n');
  const text = isNote ? (await asked(() => readNote(utf8(given)))).text : canonical(given, file);
  if (isNote) statementIn(text, file);
  const signed = await signedNote(key, text);
  const note = isNote ? given + signed.slice(text.length + 1) : signed;
  if (out === undefined) process.stdout.write(json === true ? `${JSON.stringify({ note })}\n` : note);
  else {
    writeFileSync(out, note);
    say(json === true, { file: out }, `Signed by ${key.name}: ${out}`);
  }
}

function canonical(text: string, file: string): string {
  return `${new TextDecoder().decode(canonicalBytes(statementIn(text, file)))}\n`;
}

/** That one signs only what the network would understand. @throws Failed */
function statementIn(text: string, file: string): Json {
  let it: Json;
  try {
    it = JSON.parse(text) as Json;
  } catch {
    throw new Failed(`${file} is neither a statement in JSON nor a signed note`, { code: 2 });
  }
  // By its type, so that what is wrong is told of what was meant.
  const isHandover = String((it as { type?: Json } | null)?.type).startsWith('handover');
  const parsed = (isHandover ? handoverStatement : titleStatement).safeParse(it);
  if (parsed.success) return it;
  const [issue] = parsed.error.issues;
  throw new Failed(`${file}: ${issue?.path.join('.') || 'statement'}: ${issue?.message}`, { code: 2 });
}
