// C2SP tlog-checkpoint: what a log says of itself at one moment.
import { type Bytes, base64, decimal, hashFrom } from './bytes.ts';
import { Unproven } from './unproven.ts';

export interface Checkpoint {
  /** Which log. */
  readonly origin: string;
  /** How many entries. */
  readonly size: number;
  readonly root: Bytes;
  /** Lines that mean nothing here. Ours have none. */
  readonly extensions: readonly string[];
}

/** From the text of a note. @throws Unproven `malformed-checkpoint` */
export function readCheckpoint(text: string): Checkpoint {
  const no = (why: string) => new Unproven('malformed-checkpoint', `This is no checkpoint: ${why}`);
  const lines = text.split('\n');
  if (lines.pop() !== '') throw no('the last line does not end');
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines;
  if (lines.length < 3 || lines.includes('')) throw no('origin, size and root are needed, and no line is empty');
  const size = decimal(sizeText);
  const root = hashFrom(rootText);
  if (size === undefined) throw no(`"${sizeText}" is no size`);
  if (root === undefined) throw no(`"${rootText}" is no root hash`);
  return { origin, size, root, extensions };
}

/** The text that the log signs. */
export const checkpointText = ({ origin, size, root }: Pick<Checkpoint, 'origin' | 'size' | 'root'>): string =>
  `${origin}\n${size}\n${base64(root)}\n`;
