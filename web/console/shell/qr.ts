// A QR code as shapes and as files. Dark on white whatever the theme: readers want it so.
import { encode } from 'uqr';

/** ISO/IEC 18004 wants four modules of white around it; on a screen the page is white or framed already. */
const QUIET = 4;

interface Drawn {
  /** Of all dark modules, in units of one module. */
  readonly path: string;
  /** Modules along one side, with the border. */
  readonly size: number;
  readonly dark: readonly (readonly [x: number, y: number])[];
}

export function qrOf(text: string, border: number): Drawn {
  const { data, size } = encode(text, { ecc: 'M', border });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [[x, y] as const] : [])));
  return { path: dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join(''), size, dark };
}

/** A file of its own, one millimetre a module: it may be printed at any size. */
export function qrSvg(text: string): string {
  const { path, size } = qrOf(text, QUIET);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}mm" height="${size}mm" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>\n`;
}

/** Whole pixels for each module, so that no edge is grey. */
const PIXELS = 16;

/** @throws Error where the browser makes no pictures */
export async function qrPng(text: string): Promise<Blob> {
  const { size, dark } = qrOf(text, QUIET);
  const canvas = Object.assign(document.createElement('canvas'), { width: size * PIXELS, height: size * PIXELS });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  for (const [x, y] of dark) pen.fillRect(x * PIXELS, y * PIXELS, PIXELS, PIXELS);
  return await new Promise((done, fail) =>
    canvas.toBlob((file) => (file ? done(file) : fail(new Error('no picture'))), 'image/png'),
  );
}
