// What keys open over any page; loaded when first opened.
import { lazy, Suspense } from 'react';
import { useStore } from '../live/store.ts';
import { overlay, useShortcuts } from './shortcuts.ts';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));
const Help = lazy(async () => ({ default: (await import('./Help.tsx')).Help }));

export function Overlays() {
  useShortcuts();
  const open = useStore(overlay);
  const close = () => overlay.set(undefined);
  return (
    <Suspense>
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'help' && <Help onClose={close} />}
    </Suspense>
  );
}
