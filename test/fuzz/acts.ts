// What one bad station does, act by act, and what must come of each.
import { setTimeout as wait } from 'node:timers/promises';
import { isOcppErrorCode, type OcppErrorCode } from '#link';
import type { Chance } from '#units';
import { handlers } from '../../src/ocpp/actions.ts';
import { type Breakage, breakages, scrambled } from '../../src/ocpp/schema/breakage.ts';
import { checkResponse } from '../../src/ocpp/schema/check.ts';
import { messageNames, sample } from '../../src/ocpp/schema/sample.ts';
import type { BuiltNetwork } from '../network.ts';
import { chaos, type Message } from './chaos.ts';
import { badText } from './frames.ts';
import type { Tally } from './tally.ts';
import type { Came, Reply, Wire } from './wire.ts';

const requests = messageNames.filter((it) => it.endsWith('Request')).map((it) => it.slice(0, -'Request'.length));
const served = new Set([...Object.keys(handlers), 'Heartbeat']);
/** What a message that keeps to the schema may still be refused with. */
const reasonable: readonly OcppErrorCode[] = [
  'PropertyConstraintViolation',
  'FormatViolation',
  'GenericError',
  'SecurityError',
];
/** What is asked about the present is answered anew each time. */
const alwaysNew = ['Authorize', 'BootNotification'];
/** Between two messages, so that the allowance of 200 a second is kept but for floods. */
const GAP_MS = 7;

type Check = (reply: Reply) => string | undefined;

export class BadStation {
  readonly #wire: Wire;
  readonly #dice: Chance;
  readonly #network: BuiltNetwork;
  readonly #tally: Tally;
  readonly #breaking = new Map<string, Iterator<Breakage>>();
  #messages = 0;

  constructor(wire: Wire, dice: Chance, network: BuiltNetwork, tally: Tally) {
    this.#wire = wire;
    this.#dice = dice;
    this.#network = network;
    this.#tally = tally;
  }

  /** One thing after the other, chosen by chance. */
  async misbehave(isOver: () => boolean): Promise<void> {
    const acts: [number, () => Promise<void>][] = [
      [200, () => this.#chaos()],
      [120, () => this.#valid()],
      [250, () => this.#broken()],
      [150, () => this.#scrambled()],
      [150, () => this.#badText()],
      [40, () => this.#twice()],
      [40, () => this.#burst()],
      [30, () => this.#dropped()],
      [5, () => this.#large()],
      [3, () => this.#oversized()],
      [3, () => this.#binary()],
      [2, () => this.#flood()],
    ];
    // As often in this list as it weighs.
    const hat = acts.flatMap(([weight, act]) => Array<() => Promise<void>>(weight).fill(act));
    while (!isOver()) {
      if (!this.#wire.isOpen) await this.#wire.open();
      await this.#dice.pick(hat)();
      await wait(GAP_MS);
    }
  }

  #id(): string {
    return `m${++this.#messages}`;
  }

  async #chaos(): Promise<void> {
    const message = chaos(this.#dice, this.#network);
    await this.#say('plausible messages in no order', this.#frame(message), answered(message.action));
  }

  async #valid(): Promise<void> {
    const action = this.#dice.pick(requests);
    const payload = sample(`${action}Request`, this.#dice, this.#dice.next());
    await this.#say('valid samples', this.#frame({ action, payload }), answered(action));
  }

  async #broken(): Promise<void> {
    const action = this.#dice.pick(requests);
    const it = this.#nextBreakage(action);
    if (!it) return;
    const { payload, code, what, field } = it;
    const frame = this.#frame({ action, payload });
    await this.#say('messages with one fault', frame, (reply) =>
      reply[0] === 4 && reply[2] === code ? undefined : `${action} ${field} ${what} wants ${code}`,
    );
  }

  /** Some way on among all the ways to break this message: each station comes by all of them in time. */
  #nextBreakage(action: string): Breakage | undefined {
    let breaking = this.#breaking.get(action);
    let it: IteratorResult<Breakage> | undefined;
    for (let skipped = this.#dice.between(1, 25); skipped > 0; skipped--) {
      if (!breaking || it?.done) {
        breaking = breakages(`${action}Request`, this.#dice);
        this.#breaking.set(action, breaking);
      }
      it = breaking.next();
    }
    return it?.done ? undefined : it?.value;
  }

  async #scrambled(): Promise<void> {
    const message = this.#dice.next() < 0.5 ? chaos(this.#dice, this.#network) : undefined;
    const action = message?.action ?? this.#dice.pick(requests);
    const payload = scrambled((message?.payload ?? sample(`${action}Request`, this.#dice)) as never, this.#dice);
    await this.#say('scrambled payloads', this.#frame({ action, payload }), (reply) =>
      reply[0] === 3 || isProperError(reply) ? undefined : 'wants an answer or a proper error',
    );
  }

  async #badText(): Promise<void> {
    const { text, messageId, code } = badText(this.#dice, this.#id());
    if (code)
      return this.#say('bad frames', { text, messageId }, (reply) =>
        reply[0] === 4 && reply[2] === code ? undefined : `wants ${code}`,
      );
    this.#wire.throw(text);
    await this.#say('frames that ask for nothing', this.#frame({ action: 'Heartbeat', payload: {} }), (reply) =>
      reply[0] === 3 && !this.#wire.stray.some((it) => it[1] === messageId)
        ? undefined
        : `must not be answered: ${text}`,
    );
  }

  /** The same message with the same id: the same answer, but where the present time is the answer's matter. */
  async #twice(): Promise<void> {
    const message = chaos(this.#dice, this.#network);
    const frame = this.#frame(message);
    let first: Reply | undefined;
    await this.#say('messages said twice', frame, (reply) => {
      first = reply;
      return undefined;
    });
    if (!first || isRateLimit(first) || alwaysNew.includes(message.action)) return;
    await this.#say('messages said twice', frame, (reply) =>
      first![0] === 4 || JSON.stringify(reply) === JSON.stringify(first)
        ? undefined
        : `was answered ${JSON.stringify(first)} before`,
    );
  }

  /** Several calls at once, against the rule: all are answered, in their order. */
  async #burst(): Promise<void> {
    const frames = Array.from({ length: this.#dice.between(2, 12) }, () =>
      this.#frame(chaos(this.#dice, this.#network)),
    );
    const order: string[] = [];
    const came = await Promise.all(
      frames.map(({ text, messageId }) =>
        this.#wire.send(text, messageId).then((it) => {
          order.push(messageId);
          return it;
        }),
      ),
    );
    const isFine = came.every((it) => it.is === 'answer' && isProper(it.reply));
    const inOrder = order.join() === frames.map((it) => it.messageId).join();
    const isLimited = came.some((it) => it.is === 'answer' && isRateLimit(it.reply));
    this.#tally.check(
      'bursts',
      isFine && (inOrder || isLimited),
      () => `${JSON.stringify(came)} in the order ${order}`,
    );
    await wait(frames.length * GAP_MS);
  }

  /** The cable is pulled before the answer, and the same message comes over the next connection. */
  async #dropped(): Promise<void> {
    const frame = this.#frame(chaos(this.#dice, this.#network));
    void this.#wire.send(frame.text, frame.messageId);
    await wait(this.#dice.between(0, 20));
    this.#wire.drop();
    await this.#wire.open();
    await this.#say('messages said again after a lost connection', frame, (reply) =>
      isProper(reply) ? undefined : 'wants an answer',
    );
  }

  async #large(): Promise<void> {
    const payload = { vendorId: 'fuzz', data: 'x'.repeat(200_000) };
    await this.#say('large messages', this.#frame({ action: 'DataTransfer', payload }), answered('DataTransfer'));
  }

  async #oversized(): Promise<void> {
    const payload = { vendorId: 'fuzz', data: '电'.repeat(this.#dice.pick([90_000, 400_000])) };
    await this.#isHungUp('oversized messages', this.#frame({ action: 'DataTransfer', payload }).text, 1009);
  }

  async #binary(): Promise<void> {
    await this.#isHungUp('binary frames', Buffer.from('[2,"1","Heartbeat",{}]'), 1003);
  }

  async #flood(): Promise<void> {
    const { text } = this.#frame({ action: 'Heartbeat', payload: {} });
    for (let sent = 0; sent < 1500; sent++) this.#wire.throw(text);
    await this.#isHungUp('floods', text, 1008);
  }

  async #isHungUp(what: string, frame: string | Buffer, code: number): Promise<void> {
    const waiting = this.#wire.send('', 'never');
    this.#wire.throw(frame);
    const came = await waiting;
    this.#tally.check(
      what,
      came.is === 'closed' && came.code === code,
      () => `wants to be closed with ${code}: ${JSON.stringify(came)}`,
    );
  }

  #frame({ action, payload }: Message): { text: string; messageId: string } {
    const messageId = this.#id();
    return { text: JSON.stringify([2, messageId, action, payload]), messageId };
  }

  async #say(what: string, { text, messageId }: { text: string; messageId: string }, check: Check): Promise<void> {
    const came: Came = await this.#wire.send(text, messageId);
    if (came.is === 'answer' && isRateLimit(came.reply)) return void (await wait(300));
    const wrong = came.is === 'answer' ? check(came.reply) : `the connection: ${JSON.stringify(came)}`;
    this.#tally.check(
      what,
      wrong === undefined,
      () => `${wrong}; got ${JSON.stringify(came).slice(0, 400)} for ${text.slice(0, 600)}`,
    );
  }
}

/** What a message that keeps to the schema is answered: by the schema, or with a reason; never that we have failed. */
const answered =
  (action: string): Check =>
  (reply) => {
    if (reply[0] === 3) return checkResponse(action, reply[2])?.description;
    if (!served.has(action)) return reply[2] === 'NotSupported' ? undefined : 'wants NotSupported';
    return reasonable.includes(reply[2] as OcppErrorCode) ? undefined : 'wants an answer';
  };

const isProperError = (reply: Reply): boolean =>
  reply[0] === 4 &&
  isOcppErrorCode(reply[2]) &&
  reply[2] !== 'InternalError' &&
  typeof reply[3] === 'string' &&
  reply[3].length > 0 &&
  reply[3].length <= 255;

const isProper = (reply: Reply): boolean => reply[0] === 3 || isProperError(reply);

const isRateLimit = (reply: Reply): boolean => reply[0] === 4 && String(reply[3]).startsWith('rate limit');
