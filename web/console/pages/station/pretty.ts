/** JSON with one field a line; what is no JSON stays as it came: a broken frame is shown as it was broken. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
