// What a reader chose on this device: theme and language. A browser that forbids storage forgets; nothing else happens.

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`packloop.${key}`, value);
  } catch {}
}

export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(`packloop.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}
