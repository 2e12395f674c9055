import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station } from '../data/contract.ts';
import { nameOf } from '../data/names.ts';
import { useArrowKeys, useFormats, useSize } from '../parts/hooks.ts';
import { Icon } from '../parts/Icon.tsx';
import { arranged, type Mark } from './arrange.ts';
import { citiesInSight, cityNames, placed } from './labels.ts';
import { MapMark } from './MapMark.tsx';
import { type Frame, frameAround, moved, type Point, project, type Size, scaleBar, zoomed } from './projection.ts';

interface Props {
  readonly stations: readonly Station[];
  /** Those that the filters let through; the others stay as shadows. */
  readonly matching: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

/** Where the stations are, as a schematic: no tiles, so nothing is loaded from anybody. */
export function NetworkMap({ stations, matching, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { frame, setFrame, whole } = useFrame(stations, size);
  const drag = useDrag(frame, setFrame);
  useWheel(box, size, frame, setFrame);
  const nearer = (factor: number) => setFrame(zoomed(frame, size, factor, { x: size.width / 2, y: size.height / 2 }));
  const choose = (mark: Mark<Station>) => {
    if (mark.items.length === 1) onSelect(mark.items[0]!.id);
    else
      setFrame(
        frameAround(
          mark.items.map((it) => it.place),
          size,
        ),
      );
  };
  return (
    <section className="panel map" aria-labelledby="map-title">
      <header className="panel-head">
        <h2 id="map-title">{t('map.title')}</h2>
        <span className="quiet">{t('map.note')}</span>
        <div className="map-buttons">
          <MapButton name={t('map.nearer')} icon="plus" onClick={() => nearer(1.6)} />
          <MapButton name={t('map.farther')} icon="minus" onClick={() => nearer(1 / 1.6)} />
          <MapButton name={t('map.whole')} icon="whole" onClick={whole} />
        </div>
      </header>
      <div className="map-box" ref={box} {...drag}>
        {size.width > 0 && <Picture {...{ stations, matching, selected, size, frame }} onChoose={choose} />}
      </div>
      <MapLegend />
    </section>
  );
}

interface PictureProps extends Omit<Props, 'onSelect'> {
  readonly size: Size;
  readonly frame: Frame;
  readonly onChoose: (mark: Mark<Station>) => void;
}

function Picture({ stations, matching, selected, size, frame, onChoose }: PictureProps) {
  const { t } = useTranslation();
  const { group, onKeyDown } = useArrowKeys();
  const marks = useMemo(
    () =>
      arranged(
        stations.map((it) => ({ item: it, at: project(frame, size, it.place) })),
        size,
      ),
    [stations, frame, size],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset
    <svg
      ref={group as React.RefObject<SVGSVGElement | null>}
      width={size.width}
      height={size.height}
      role="group"
      aria-label={t('map.label')}
      onKeyDown={onKeyDown}
    >
      <svg aria-hidden="true">
        <Grid frame={frame} size={size} />
        <Names marks={marks} frame={frame} size={size} />
        <Scale frame={frame} size={size} />
      </svg>
      {marks.map((mark) => (
        <line key={keyOf(mark)} className="map-thread" x1={mark.from.x} y1={mark.from.y} x2={mark.x} y2={mark.y} />
      ))}
      {marks.map((mark, index) => (
        <MapMark
          key={keyOf(mark)}
          mark={mark}
          isFirst={index === 0}
          isDim={!mark.items.some((it) => matching.has(it.id))}
          isSelected={mark.items.some((it) => it.id === selected)}
          onChoose={onChoose}
        />
      ))}
    </svg>
  );
}

const keyOf = ({ items }: Mark<Station>): string => items[0]!.id;

/** Stations' own names while few are in sight, and cities for orientation. */
function Names({ marks, frame, size }: { marks: readonly Mark<Station>[]; frame: Frame; size: Size }) {
  const { i18n } = useTranslation();
  const names = useMemo(() => {
    const few = marks.length <= 8 && marks.every((it) => it.items.length === 1);
    const own = few ? marks.map((it) => ({ text: nameOf(it.items[0]!), x: it.x, y: it.y, away: it.radius + 10 })) : [];
    const around = citiesInSight(frame, size, i18n.language === 'en' ? 'en' : 'zh');
    const wanted = [...own, ...cityNames(around, marks, frame)];
    return { around, own: new Set(own.map((it) => it.text)), all: placed(wanted, marks, size) };
  }, [marks, frame, size, i18n.language]);
  return (
    <g>
      {names.around.map((it) => (
        <circle key={it.text} className="map-city" cx={it.x} cy={it.y} r={1.5} />
      ))}
      {names.all.map((it) => (
        <text key={it.text} className={names.own.has(it.text) ? 'map-name is-station' : 'map-name'} x={it.x} y={it.y}>
          {it.text}
        </text>
      ))}
    </g>
  );
}

/** Meridians and parallels at round degrees, so that a pan is seen as one. */
function Grid({ frame, size }: { frame: Frame; size: Size }) {
  const step = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20].find((it) => (it * 111) / frame.kmPerPx > 60) ?? 30;
  const origin = project(frame, size, { latitude: 0, longitude: 0 });
  const one = project(frame, size, { latitude: step, longitude: step });
  const lines = (from: number, stride: number, length: number): number[] => {
    const first = ((from % stride) + stride) % stride;
    return Array.from({ length: Math.ceil((length - first) / stride) }, (_, it) => first + it * stride);
  };
  const across = lines(origin.x, Math.abs(one.x - origin.x), size.width);
  const down = lines(origin.y, Math.abs(one.y - origin.y), size.height);
  return (
    <g className="map-grid">
      <path
        d={[...across.map((x) => `M${x} 0V${size.height}`), ...down.map((y) => `M0 ${y}H${size.width}`)].join('')}
      />
    </g>
  );
}

function Scale({ frame, size }: { frame: Frame; size: Size }) {
  const { times } = useFormats();
  const { km, px } = scaleBar(frame, 90);
  const [x, y] = [12, size.height - 12];
  return (
    <g className="map-scale">
      <path d={`M${x} ${y - 4}v4h${px}v-4`} />
      <text x={x + px + 6} y={y}>
        {km < 1 ? `${times(km * 1000)} m` : `${times(km)} km`}
      </text>
    </g>
  );
}

function MapLegend() {
  const { t } = useTranslation();
  const shown = ['ready', 'charging', 'rest', 'swapping', 'offline'] as const;
  return (
    <ul className="legend" title={t('map.ring')}>
      {shown.map((it) => (
        <li key={it}>
          <i className={`map-key is-${it}`} />
          {t(`map.${it}`)}
        </li>
      ))}
    </ul>
  );
}

function MapButton({ name, icon, onClick }: { name: string; icon: 'plus' | 'minus' | 'whole'; onClick: () => void }) {
  return (
    <button type="button" className="button is-icon" aria-label={name} title={name} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** The whole network until somebody moves the picture; again when the network itself changes its extent. */
function useFrame(stations: readonly Station[], size: Size) {
  const [own, setFrame] = useState<Frame>();
  const places = stations.map((it) => `${it.place.latitude} ${it.place.longitude}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `places` says whether any station moved
  const fitting = useMemo(
    () =>
      frameAround(
        stations.map((it) => it.place),
        size,
      ),
    [places, size],
  );
  return { frame: own ?? fitting, setFrame, whole: () => setFrame(undefined) };
}

function useDrag(frame: Frame, setFrame: (frame: Frame) => void) {
  const from = useRef<{ point: Point; frame: Frame; dragged: boolean }>(undefined);
  return {
    onPointerDown: (event: PointerEvent) => {
      from.current = { point: { x: event.clientX, y: event.clientY }, frame, dragged: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = from.current;
      if (!start || event.buttons === 0) return;
      const [dx, dy] = [event.clientX - start.point.x, event.clientY - start.point.y];
      if (!start.dragged && Math.hypot(dx, dy) < 4) return;
      if (!start.dragged) event.currentTarget.setPointerCapture(event.pointerId);
      start.dragged = true;
      setFrame(moved(start.frame, dx, dy));
    },
    onPointerUp: () => {
      from.current = undefined;
    },
  };
}

/** Not by React: its wheel listeners may not keep the page from scrolling. */
function useWheel(
  box: React.RefObject<HTMLDivElement | null>,
  size: Size,
  frame: Frame,
  setFrame: (it: Frame) => void,
) {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      setFrame(zoomed(frame, size, Math.exp(-event.deltaY / 400), { x: event.offsetX, y: event.offsetY }));
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [box, size, frame, setFrame]);
}
