import { useMemo } from 'react';
import { qrOf } from './qr.ts';

/** A QR code of a text, dark on white whatever the theme: readers want it so. */
export function Qr({ text, label, px = 180 }: { text: string; label: string; px?: number }) {
  const { path, size } = useMemo(() => qrOf(text, 2), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={px}
      height={px}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
