import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Formats, formatsFor } from '../../shared/formats.ts';
import type { Size } from '../map/projection.ts';

/** The browser's time in ms, looked at again every `everyMs`. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => formatsFor(i18n.language), [i18n.language]);
}

/** An element's inner size in pixels, followed as it changes. */
export function useSize(element: RefObject<Element | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

export function useMatches(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setMatches(media.matches);
    media.addEventListener('change', look);
    look();
    return () => media.removeEventListener('change', look);
  }, [query]);
  return matches;
}

const strides: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Makes a group of things one stop of the Tab key: arrow keys, Home and End go among those with `data-stop`. */
export function useArrowKeys() {
  const group = useRef<Element>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const stops = [...(group.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
    const here = stops.indexOf(document.activeElement as HTMLElement);
    const stride = strides[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? stops.length - 1 : stride && here + stride;
    if (next === undefined || here < 0) return;
    event.preventDefault();
    stops[(next + stops.length) % stops.length]?.focus();
  };
  return { group, onKeyDown };
}
