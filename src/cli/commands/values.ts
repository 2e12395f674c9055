// What options take: text into a value, or a sentence that says what is needed.
import { InvalidArgumentError } from 'commander';

export const number = (least: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least))
    throw new InvalidArgumentError(`a number of at least ${least} is needed`);
  return value;
};
export const wholeNumber = (least: number) => (text: string) => {
  const value = number(least)(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number is needed');
  return value;
};
export const percent = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('a percentage from 0 to 100 is needed');
  return value;
};
/** What a server takes as CLOCK_SPEED. */
export const speed = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 1 && value <= 10_000))
    throw new InvalidArgumentError('a number from 1 to 10000 is needed: simulated seconds in a second');
  return value;
};
export const portNumber = (text: string) => {
  const value = wholeNumber(0)(text);
  if (value > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return value;
};
export const list = (text: string) => text.split(',').map((it) => it.trim());
export const oneOf = (known: readonly string[]) => (text: string) => {
  if (!known.includes(text)) throw new InvalidArgumentError(`there are ${known.join(', ')}`);
  return text;
};
export const instantGiven = (text: string): Temporal.Instant => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new InvalidArgumentError('an instant such as 2026-11-22T08:00:00Z is needed');
  }
};
export const emailAddress = (text: string) => {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) throw new InvalidArgumentError('an email address is needed');
  return text;
};
export const nameGiven = (text: string) => {
  if (text.trim() === '') throw new InvalidArgumentError('a name is not blank');
  return text.trim();
};
/** An option of whoever makes a key. */
export const inSm2 = ['--sm2', 'a key for SM2 with SM3 (GB/T 32918.2) instead of Ed25519'] as const;
export const repeated = (text: string, before: readonly string[]) => [...before, text];

export const address = (text: string) => {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new InvalidArgumentError('0x and 40 hexadecimal digits are needed');
  return text;
};
