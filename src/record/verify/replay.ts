// Reads a log from its first entry and holds every rule that its entries must keep among themselves.
import { type Bytes, base64 } from './bytes.ts';
import { type Entry, type Event, type Heads, readEntry, type Seal } from './entry.ts';
import { HeadMap } from './headMap.ts';
import type { Head } from './heads.ts';
import { type KeyAct, Keyring, type Revoked, verifyKeyAct } from './keyAct.ts';
import type { VerifierKey } from './note.ts';
import { verifySeal, verifySealed } from './seal.ts';
import { Unproven } from './unproven.ts';

export interface Replayed {
  readonly events: number;
  readonly seals: number;
  /** Seals of producers of which neither the log nor who asks said anything: whose they are is not known. */
  readonly unjudged: number;
  readonly subjects: number;
  readonly producers: readonly string[];
  /** Keys that are believed no more. */
  readonly revoked: readonly Revoked[];
}

/** Whose word is asked for. */
export interface Trusted {
  readonly origin: string;
  /** The log's own keys. */
  readonly log: readonly VerifierKey[];
  /** Keys of producers of which the log says nothing; without them seals of such producers are not judged. */
  readonly producers?: readonly VerifierKey[] | undefined;
}

/** Everything that a log says after so many entries. */
export class Replay {
  readonly heads = new HeadMap();
  readonly #next = new Map<string, number>();
  readonly #changed = new Map<string, Head>();
  #open: { event: Event; leaf: Bytes }[] = [];
  #count = { events: 0, seals: 0, unjudged: 0, entries: 0 };
  #last: Entry['kind'] | undefined;
  readonly #trusted: Trusted;
  readonly #keys: Keyring;

  constructor(trusted: Trusted) {
    this.#trusted = trusted;
    this.#keys = new Keyring(trusted.producers);
  }

  /** The next entries, with their leaf hashes. @throws Unproven of whatever does not hold */
  async take(entries: readonly Bytes[], leaves: readonly Bytes[], seen?: (event: Event, index: number) => void) {
    for (const [n, bytes] of entries.entries()) {
      const index = this.#count.entries++;
      const entry = readEntry(bytes);
      const before = this.#last;
      this.#last = entry.kind;
      if (entry.kind === 'event') {
        this.#event(entry.event, leaves[n]!, index);
        seen?.(entry.event, index);
      } else if (entry.kind === 'seal') await this.#seal(entry.seal, index);
      else if (entry.kind === 'key') await this.#key(entry.key, index);
      else await this.#heads(entry.heads, index, before);
    }
  }

  /** A log stops only behind heads. @throws Unproven `heads-differ` */
  end(): Replayed {
    if (this.#last !== undefined && this.#last !== 'heads')
      throw new Unproven('heads-differ', 'The log does not end with the heads of its packs');
    const { events, seals, unjudged } = this.#count;
    return {
      events,
      seals,
      unjudged,
      subjects: this.heads.size,
      producers: [...this.#next.keys()],
      revoked: this.#keys.revoked,
    };
  }

  #event(event: Event, leaf: Bytes, index: number): void {
    this.#isOurs(event.log, index);
    const due = this.#next.get(event.producer) ?? 0;
    if (event.seq !== due)
      throw new Unproven(
        event.seq > due ? 'event-hidden' : 'out-of-order',
        `Entry ${index} is event ${event.seq} of ${event.producer}, event ${due} was due`,
      );
    const before = this.#changed.get(event.subject) ?? this.heads.get(event.subject);
    if (event.prev !== (before?.head ?? null))
      throw new Unproven('event-hidden', `Entry ${index} about ${event.subject} does not follow the one before it`);
    this.#next.set(event.producer, due + 1);
    const head = { count: (before?.count ?? 0) + 1, head: base64(leaf), index, subject: event.subject };
    this.#changed.set(event.subject, head);
    this.#open.push({ event, leaf });
    this.#count.events++;
  }

  async #seal(seal: Seal, index: number): Promise<void> {
    this.#isOurs(seal.log, index);
    const batch = this.#open;
    this.#open = [];
    await verifySealed(
      seal,
      batch.map((it) => it.event),
      batch.map((it) => it.leaf),
    );
    const { producer } = seal;
    if (this.#trusted.producers !== undefined || this.#keys.knows(producer)) {
      const { name, id } = await this.#sealer(seal);
      this.#keys.sealed(`${name}+${id}`, seal.seal.first, seal.seal.count);
    } else this.#count.unjudged++;
    this.#count.seals++;
  }

  async #sealer(seal: Seal): Promise<VerifierKey> {
    try {
      return await verifySeal(seal, this.#keys.valid);
    } catch (error) {
      const was = this.#keys.revoked.findLast((it) => it.producer === seal.producer);
      if (was === undefined || !(error instanceof Unproven) || error.reason !== 'unknown-producer') throw error;
      throw new Unproven('revoked-producer', `${error.message}; of this producer a key was revoked: ${was.why}`);
    }
  }

  async #key(act: KeyAct, index: number): Promise<void> {
    this.#isOurs(act.log, index);
    if (this.#open.length > 0)
      throw new Unproven('unsealed', `${this.#open.length} events before entry ${index} have no seal`);
    await verifyKeyAct(act, this.#trusted.log);
    await this.#keys.take(act);
  }

  async #heads({ log, heads }: Heads, index: number, before: Entry['kind'] | undefined): Promise<void> {
    this.#isOurs(log, index);
    if (before === 'heads')
      throw new Unproven('out-of-order', `Entry ${index} tells the heads once more, nothing happened`);
    if (this.#open.length > 0)
      throw new Unproven('unsealed', `${this.#open.length} events before entry ${index} have no seal`);
    await this.heads.set([...this.#changed.values()]);
    this.#changed.clear();
    const root = base64(await this.heads.root());
    if (heads.root !== root || heads.subjects !== this.heads.size || heads.events !== this.#count.events)
      throw new Unproven(
        'heads-differ',
        `Entry ${index} says of the heads of the packs what does not follow from the log`,
      );
  }

  #isOurs(log: string, index: number): void {
    if (log !== this.#trusted.origin) throw new Unproven('wrong-log', `Entry ${index} is for the log ${log}`);
  }
}
