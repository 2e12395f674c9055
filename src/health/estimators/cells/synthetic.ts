import { type Chance, chance } from '#units';
import { CAPACITY, type Cell, type Group, SIGNALS } from './cycle.ts';

/**
 * SYNTHETIC cells, for a clone that has no measured ones: made up so that every signal says something of the capacity and
 * nothing says it alone. No figure from them says anything of a real battery.
 */
export const syntheticGroup: Group = { name: 'SYNTHETIC', nominalAh: 2, testEveryCycles: 100, chemistry: 'SYNTHETIC' };

/** Cells that fade by a power law with a spread between cells, some with a knee; the same seed makes the same cells. */
export function syntheticCells(many: number, seed: number, rows = 260): readonly Cell[] {
  const dice = chance(seed);
  return Array.from({ length: many }, (_, i) => syntheticCell(`synthetic-${seed}-${i}.csv`, dice.fork(`${i}`), rows));
}

function syntheticCell(name: string, dice: Chance, usual: number): Cell {
  const rows = Math.round(usual * (0.8 + 0.5 * dice.next()));
  const fresh = 0.97 + 0.02 * normal(dice);
  const speed = (0.21 / usual ** 0.8) * Math.exp(0.15 * normal(dice));
  const knee = usual * (0.7 + 0.5 * dice.next());
  const resistance = 1 + 0.05 * normal(dice);
  const signals = new Float64Array(rows * SIGNALS.length);
  const soh = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const late = Math.max(0, (i - knee) / usual);
    soh[i] = fresh - speed * i ** 0.8 - 0.5 * late * late;
    const lost = 1 - soh[i]!;
    const noise = (size: number) => size * normal(dice);
    const ohm = resistance * (1 + 1.5 * lost) + noise(0.01);
    const ccAh = 2 * (0.2 - 0.25 * lost - 0.03 * (ohm - 1)) + noise(0.001);
    const cvAh = 2 * (0.03 + 0.06 * lost + 0.02 * (ohm - 1)) + noise(0.0005);
    const figures = [
      4.1 + 0.02 * lost + noise(0.0004),
      0.055 + 0.01 * lost + noise(0.0002),
      -1.2 + 0.4 * lost + noise(0.01),
      0.02 + 0.5 * lost + noise(0.02),
      ccAh,
      (ccAh / 2) * 3600,
      0.0006 / (1 - lost) + noise(0.000004),
      5.5 - 2 * lost + noise(0.02),
      0.23 - 0.15 * lost + noise(0.002),
      0.11 + 0.08 * lost + noise(0.001),
      -0.6 + lost + noise(0.05),
      0.73 - 0.6 * lost + noise(0.02),
      cvAh,
      900 + 1400 * lost + 200 * (ohm - 1) + noise(4),
      -0.0009 + 0.001 * lost + noise(0.00001),
      6.4 + 1.2 * lost + noise(0.02),
    ];
    signals.set(figures, i * SIGNALS.length);
  }
  return { name, rows, signals, soh };
}

/** The cell as a file of the form that `readCell` reads. */
export const asCsv = ({ rows, signals, soh }: Cell, nominalAh: number): string =>
  [
    [...SIGNALS, CAPACITY].join(','),
    ...Array.from({ length: rows }, (_, i) =>
      [...signals.subarray(i * SIGNALS.length, (i + 1) * SIGNALS.length), soh[i]! * nominalAh].join(','),
    ),
    '',
  ].join('\n');

/** About normal: the sum of twelve, less six. */
function normal(dice: Chance): number {
  let sum = -6;
  for (let k = 0; k < 12; k++) sum += dice.next();
  return sum;
}
