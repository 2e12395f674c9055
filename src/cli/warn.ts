// packloop health warn: the risk of packs from what stations told of them, with reasons that anybody can check.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  newWatch,
  readLine,
  readThresholds,
  riskOf,
  type Session,
  type Sign,
  type Thresholds,
  type Watch,
  watched,
  watchedLive,
} from '#health';
import type { Common } from './open.ts';
import { Failed, say } from './say.ts';

const own = fileURLToPath(new URL('../../data/health/warning-thresholds.json', import.meta.url));

/** Reads packs, sessions and samples as JSON lines, in any order of sessions, and says the risk of each pack. */
export function warn(file: string, options: Common & { thresholds?: string }): void {
  const json = options.json === true;
  const limits = options.thresholds ?? own;
  const thresholds = limitsIn(limits);
  const packs = watchesIn(file, thresholds);
  for (const [pack, watch] of packs) {
    const { level, reasons } = riskOf(watch.signs);
    const facts = { pack, level, sessions: watch.sessions, late: watch.late, thresholds: thresholds.version, reasons };
    const said = watch.sessions === 0 && reasons.length === 0 ? 'nothing is known of it' : level;
    say(json, facts, () =>
      [`${pack}: ${said}, ${watch.sessions} sessions`, ...reasons.map((it) => `  ${told(it)}`)].join('\n'),
    );
  }
}

/** All packs of a file, watched to its end. @throws Failed with file and line */
function watchesIn(file: string, thresholds: Thresholds): Map<string, Watch> {
  const watches = new Map<string, Watch>();
  const sessions = new Map<string, { session: Session; line: number }[]>();
  const at = <T>(line: number, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (error instanceof RangeError)
        throw new Failed(`${file}, line ${line}: ${error.message}`, { code: 1, file, line });
      throw error;
    }
  };
  const known = (pack: string): Watch => {
    const watch = watches.get(pack);
    if (!watch) throw new RangeError(`what pack ${pack} is has to be told on an earlier line of kind "pack"`);
    return watch;
  };
  for (const [index, text] of textIn(file).split('\n').entries()) {
    if (text.trim() === '') continue;
    const number = index + 1;
    at(number, () => {
      const line = readLine(text);
      if (line.kind === 'pack') {
        if (watches.has(line.pack)) throw new RangeError(`pack ${line.pack} is told twice`);
        watches.set(line.pack, newWatch(line.facts));
        sessions.set(line.pack, []);
      } else if (line.kind === 'sample') {
        watches.set(line.pack, watchedLive(known(line.pack), line.sample).watch);
      } else {
        known(line.pack);
        sessions.get(line.pack)!.push({ session: line.session, line: number });
      }
    });
  }
  if (watches.size === 0) throw new Failed(`${file} tells of no pack`, { code: 1, file });
  // A file may have been put together from several sources; a watch takes sessions in the order in which they ended.
  for (const [pack, its] of sessions)
    for (const { session, line } of its.toSorted((a, b) => a.session.endedS - b.session.endedS))
      at(line, () => watches.set(pack, watched(watches.get(pack)!, session, thresholds).watch));
  return watches;
}

function limitsIn(file: string): Thresholds {
  try {
    return readThresholds(textIn(file));
  } catch (error) {
    if (error instanceof RangeError) throw new Failed(`${file}: ${error.message}`, { code: 2 });
    throw error;
  }
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${(error as Error).message}`, { code: 2 });
  }
}

function told({ level, detector, by, cell, probe, value, threshold, sinceS, ohm }: Sign): string {
  const where = cell !== null ? `cell ${cell}` : probe !== null ? `probe ${probe}` : 'pack';
  const since = Temporal.Instant.fromEpochMilliseconds(Math.round(sinceS * 1000)).toString({ smallestUnit: 'second' });
  const short = ohm === undefined ? '' : `, like a short of ${ohm.toPrecision(2)} ohm`;
  return `${level.padEnd(8)}${detector} ${by}, ${where}: ${value.toPrecision(3)} against ${threshold} since ${since}${short}`;
}
