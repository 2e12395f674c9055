import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: light!, dark: dark! },
  ]),
);

/** WCAG 2.2: relative luminance and contrast ratio. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
};

const hold = (names: readonly string[], grounds: readonly string[], ratio: number) => {
  for (const theme of ['light', 'dark'] as const)
    for (const name of names)
      for (const ground of grounds) {
        const it = contrast(colours.get(name)![theme], colours.get(ground)![theme]);
        assert.ok(it >= ratio, `--${name} on --${ground} in the ${theme} theme: ${it.toFixed(2)}, needs ${ratio}`);
      }
};

suite('colours hold WCAG AA in both themes', () => {
  test('words: 4.5 to 1', () =>
    hold(['text', 'quiet', 'ready', 'charging', 'low', 'bad'], ['panel', 'raised', 'ground'], 4.5));
  test('areas, borders of fields and signs: 3 to 1', () =>
    hold(['ready-area', 'charging-area', 'low-area', 'edge', 'bad'], ['panel', 'raised'], 3));
});
