import { type ReactNode, useEffect, useRef, useState } from 'react';

/** What may be wider than there is room: it scrolls by itself, and takes the focus only when there is something to scroll. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const it = box.current;
    if (!it) return;
    const look = () => setWide(it.scrollWidth > it.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(it);
    look();
    return () => observer.disconnect();
  }, []);
  return (
    <section className="plain-scroll" ref={box} aria-label={label} {...(isWide && { tabIndex: 0 })}>
      {children}
    </section>
  );
}
