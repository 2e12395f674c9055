// Keys that work everywhere, and what they open.
import { useEffect } from 'react';
import { Store } from '../live/store.ts';

export type Overlay = 'palette' | 'help' | undefined;
export const overlay = new Store<Overlay>(undefined);

/** Whether a key is meant for a field and not for us. */
const isTyping = (it: EventTarget | null): boolean =>
  it instanceof HTMLElement && (it.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(it.tagName));

/** What a key opens: Ctrl-K (or Cmd-K) anywhere, `/` and `?` outside fields. */
export function opens(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, typing: boolean): Overlay {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') return 'palette';
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return event.key === '?' ? 'help' : event.key === '/' ? 'palette' : undefined;
}

export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const opened = opens(event, isTyping(event.target));
      if (!opened) return;
      event.preventDefault();
      overlay.set(overlay.state() === opened ? undefined : opened);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
