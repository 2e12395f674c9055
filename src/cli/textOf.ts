// A text file as other people's programs write it: spreadsheets in China still save GBK, and some save UTF-16.

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'GB18030';

/** A text with the encoding it was read by, or why it could not be read. */
export type ReadText =
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  | { readonly ok: false; readonly problem: string };

const remedy = 'save it as UTF-8 ("CSV UTF-8" in a spreadsheet)';

/**
 * Reads UTF-8, UTF-16 with its byte order mark, and GB18030, which GBK and GB 2312 are parts of. Nothing is guessed that
 * could be read in two ways: that is told as a problem.
 */
export function textOf(bytes: Uint8Array): ReadText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'UTF-16LE');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'UTF-16BE');
  if (bytes.subarray(0, 1000).includes(0))
    return { ok: false, problem: `it looks like UTF-16 without its byte order mark, or is no text at all: ${remedy}` };
  const utf8 = decoded(bytes, 'UTF-8');
  if (utf8.ok) return utf8;
  return isChinese(bytes)
    ? decoded(bytes, 'GB18030')
    : {
        ok: false,
        problem: `it is neither UTF-8 nor GBK and looks like a Western code page (Windows-1252): ${remedy}`,
      };
}

function decoded(bytes: Uint8Array, encoding: Encoding): ReadText {
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return { ok: false, problem: `it looks like ${encoding} but is damaged: ${remedy}` };
  }
}

/**
 * Any accented letter with the letter after it is a character of GBK as well, a rare one: its second byte is below A1.
 * The characters of GB 2312, of which Chinese text consists, have both bytes above.
 */
function isChinese(bytes: Uint8Array): boolean {
  let common = 0;
  let rare = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    if (bytes[at + 1]! >= 0xa1) common++;
    else rare++;
    at++;
  }
  return common > rare;
}
