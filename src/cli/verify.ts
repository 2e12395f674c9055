// packloop verify: trusts nobody but the policy it is given. Offline; no database, no server.
import { statSync } from 'node:fs';
import { folderFiles, remoteFiles, Unreachable } from '#record/mirror';
import {
  type Accepted,
  accepted,
  type Event,
  type Files,
  type History,
  type Policy,
  readHistory,
  readKey,
  readPolicy,
  saidIn,
  Unproven,
  type VerifierKey,
  verifyAnswer,
  verifyHistory,
  verifyMirror,
  verifyReceipt,
} from '#record/verify';
import { bytesIn } from './files.ts';
import type { Common } from './open.ts';
import { Failed, say } from './say.ts';

export interface Options extends Common {
  readonly policy: string;
  /** File of keys, one a line. */
  readonly producers?: string;
}

/** One entry, against a policy. */
export async function checkReceipt(file: string, options: Options & { entry?: string }): Promise<void> {
  const { policy, producers } = await trusted(options);
  const entry = options.entry === undefined ? undefined : bytesIn(options.entry);
  const it = await judged(() => verifyReceipt(bytesIn(file), policy, { entry, producers }));
  const said = saidIn(it.entry);
  const facts = { ...told(it), index: it.index, entry: said, sealed: it.isSealed, disclosed: it.disclosed };
  say(options.json === true, facts, () => [
    `Holds: entry ${it.index} is in the log ${it.checkpoint.origin}${it.entry.kind === 'event' ? `: ${it.entry.event.type} of ${it.entry.event.subject} at ${it.entry.event.at}` : ''}`,
    cosigned(it),
    ...it.disclosed.map(({ name, value }) => `  ${name} = ${JSON.stringify(value)}`),
    it.isSealed
      ? 'Its producer signed it.'
      : 'The signature of its producer was not checked (--producers, and a receipt that encloses the seal).',
  ]);
}

/** An answer of the public health query. */
export async function checkAnswer(file: string, options: Options): Promise<void> {
  const { policy, producers } = await trusted(options);
  if (producers === undefined)
    throw new Failed(
      'Whose answers are believed? --producers names their keys: what the network publishes at /log/producers',
      { code: 2, option: '--producers' },
    );
  const it = await judged(() => verifyAnswer(bytesIn(file), { policy, producers }));
  const { about, edition, log, simulated } = it.answer;
  const rests = it.rests ? told(it.rests) : null;
  say(options.json === true, { holds: true, signer: it.signer, ...it.answer, rests }, () => [
    `Holds: ${it.signer} said so of ${about.code ?? `the vehicle that was asked about, under the name ${about.id}`} on ${edition}`,
    ...Object.entries(it.answer.told).map(([name, value]) => `  ${name} = ${JSON.stringify(value)}`),
    ...(simulated ? ['  Figures of this network are simulated.'] : []),
    it.rests
      ? `The log ${log} then had ${it.rests.checkpoint.size} entries. ${cosigned(it.rests)}`
      : `The log ${log} had no checkpoint yet.`,
  ]);
}

/** A checkpoint alone. */
export async function checkCheckpoint(file: string, options: Options): Promise<void> {
  const { policy } = await trusted(options);
  const it = await judged(() => accepted(bytesIn(file), policy));
  say(options.json === true, told(it), () => [
    `Holds: ${it.checkpoint.origin} with ${it.checkpoint.size} entries`,
    cosigned(it),
  ]);
}

/** Everything of a log. */
export async function checkMirror(place: string, options: Options & Place): Promise<void> {
  const { policy, producers } = await trusted(options);
  const it = await judged(() => verifyMirror({ files: filesAt(place, options), policy, producers }));
  const { events, seals, subjects } = it.replayed;
  say(options.json === true, { ...told(it), ...it.replayed, sealsChecked: it.replayed.unjudged === 0 }, () => [
    `Holds: all ${it.checkpoint.size} entries of ${it.checkpoint.origin} lead to its checkpoint`,
    cosigned(it),
    `${events} events of ${subjects} subjects in ${seals} batches; every chain, every seal and every map of heads is as it must be.`,
    it.replayed.unjudged === 0
      ? 'Every batch is sealed by a key that counted where it stands.'
      : `Whose seals ${it.replayed.unjudged} of them have was not checked: the log said nothing of keys yet (--producers).`,
    ...it.replayed.revoked.map(
      ({ producer, why, from, doubted }) =>
        `A key of ${producer} was revoked (${why}) from its event ${from} on; ${doubted} events before that word are in doubt.`,
    ),
  ]);
}

/** All that happened to one pack, and that nothing is left out. */
export async function checkPack(code: string, options: Options & Place & { mirror: string }): Promise<void> {
  const { policy, producers } = await trusted(options);
  const subject = code.includes(':') ? code : `pack:${code}`;
  const found: (Pick<Event, 'type' | 'at' | 'producer'> & { index: number })[] = [];
  const seen = (event: Event, index: number) => {
    const { type, at, producer } = event;
    if (event.subject === subject) found.push({ index, at, type, producer });
  };
  const it = await judged(() => verifyMirror({ files: filesAt(options.mirror, options), policy, producers, seen }));
  if (found.length === 0)
    throw new Failed(`The log ${it.checkpoint.origin} has nothing about ${subject}`, {
      ...told(it),
      events: [],
    });
  say(options.json === true, { ...told(it), subject, events: found }, () => [
    ...found.map(({ index, at, type }) => `${String(index).padStart(10)}  ${at}  ${type}`),
    `Complete: ${allOf(found.length)} that the log ${it.checkpoint.origin} has of ${subject}, up to entry ${it.checkpoint.size - 1}.`,
    cosigned(it),
  ]);
}

/** A history that a log proved to somebody without a copy of it: `GET /v1/record/<subject>/proof`. */
export async function checkHistory(file: string, options: Options): Promise<void> {
  const { policy } = await trusted(options);
  const history = historyIn(file);
  const { proven, events } = await judged(() => verifyHistory(history, policy));
  const { subject } = history.head;
  const shown = events.map(({ at, type, producer }) => ({ at, type, producer }));
  say(options.json === true, { ...told(proven), subject, events: shown }, () => [
    ...events.map(({ at, type }) => `  ${at}  ${type}`),
    `Complete: ${allOf(events.length)} that the log ${proven.checkpoint.origin} has of ${subject}, up to entry ${proven.checkpoint.size - 1}.`,
    cosigned(proven),
  ]);
}

/** @throws Failed when the file is no proof of a history */
function historyIn(file: string): History {
  const bytes = bytesIn(file);
  try {
    return readHistory(bytes);
  } catch (error) {
    throw new Failed(`${file}: ${(error as Error).message}`, { code: 2 });
  }
}

const allOf = (events: number): string => (events === 1 ? 'this one event is all' : `these ${events} events are all`);

/** Where a log lies: a folder, or an address that wants an API key for its entries. */
export interface Place {
  /** File of an API key with the scope `mirror`. */
  readonly apiKeyFile?: string;
}

/** @throws Failed when the file of the key is not there */
export function filesAt(place: string, { apiKeyFile }: Place): Files {
  if (!/^https?:\/\//.test(place)) {
    if (!statSync(place, { throwIfNoEntry: false })?.isDirectory())
      throw new Failed(`There is no folder ${place}: the folder or the URL of a log is needed`, { code: 2 });
    return folderFiles(place);
  }
  const key = apiKeyFile === undefined ? undefined : apiKeyIn(apiKeyFile);
  return remoteFiles(place, { key });
}

/** What `packloop key create` wrote, with or without the line that follows the key. */
function apiKeyIn(file: string): string {
  const [key = ''] = new TextDecoder().decode(bytesIn(file)).trim().split('\n');
  if (/^[\x21-\x7e]{1,200}$/.test(key.trim())) return key.trim();
  throw new Failed(`${file}: the API key is needed on its first line`, { code: 2, option: '--api-key-file' });
}

/** What the one who asks trusts: the policy, and producers if they are named. @throws Failed */
export async function trusted({ policy, producers }: Options): Promise<{ policy: Policy; producers?: VerifierKey[] }> {
  const wrong = (file: string) => (error: Error) => {
    throw new Failed(`${file}: ${error.message}`, { code: 2 });
  };
  const read = await readPolicy(bytesIn(policy)).catch(wrong(policy));
  if (producers === undefined) return { policy: read };
  const lines = new TextDecoder().decode(bytesIn(producers)).split('\n');
  const keys = lines.map((it) => it.trim()).filter((it) => it !== '' && !it.startsWith('#'));
  return { policy: read, producers: await Promise.all(keys.map(readKey)).catch(wrong(producers)) };
}

/** A claim that does not hold is exit code 1, with its reason. @throws Failed */
export async function judged<T>(claim: () => Promise<T>): Promise<T> {
  try {
    return await claim();
  } catch (error) {
    if (error instanceof Unreachable) throw new Failed(error.message, { code: 1 });
    if (!(error instanceof Unproven)) throw error;
    throw new Failed(`Does not hold (${error.reason}): ${error.message}`, {
      code: 1,
      holds: false,
      reason: error.reason,
    });
  }
}

export const told = ({ checkpoint, witnesses }: Accepted) => ({
  holds: true,
  log: checkpoint.origin,
  size: checkpoint.size,
  root: checkpoint.root.toBase64(),
  witnesses: witnesses.map(({ name, time }) => ({ name, at: new Date(1000 * time).toISOString() })),
});

export const cosigned = ({ witnesses }: Accepted): string =>
  witnesses.length === 0
    ? 'No witness was asked for: whoever runs the log could show somebody else another one.'
    : `Cosigned by ${witnesses.map(({ name, time }) => `${name} (${new Date(1000 * time).toISOString()})`).join(', ')}.`;
