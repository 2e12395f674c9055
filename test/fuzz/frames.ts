// Texts that are no OCPP-J messages, and what part 4 says of each.
import type { OcppErrorCode } from '#link';
import type { Chance } from '#units';

export interface BadText {
  readonly text: string;
  /** Under which id it is answered: '-1' when it cannot be read. */
  readonly messageId: string;
  /** Undefined: it must not be answered. */
  readonly code?: OcppErrorCode;
}

/** A text with something wrong about the frame itself. */
export function badText(dice: Chance, id: string): BadText {
  const json = (frame: unknown, code?: OcppErrorCode, messageId = id): BadText => ({
    text: JSON.stringify(frame),
    messageId,
    ...(code && { code }),
  });
  const kinds: (() => BadText)[] = [
    () => ({ text: noise(dice), messageId: '-1', code: 'RpcFrameworkError' }),
    () => json({ not: 'an array' }, 'RpcFrameworkError', '-1'),
    () => json([], 'RpcFrameworkError', '-1'),
    () => json([2], 'RpcFrameworkError', '-1'),
    () => json([2, dice.between(0, 99), 'Heartbeat', {}], 'RpcFrameworkError', '-1'),
    () => json([2, 'x'.repeat(37), 'Heartbeat', {}], 'RpcFrameworkError', '-1'),
    () => json([2, id, 'Heartbeat'], 'RpcFrameworkError'),
    () => json([2, id, 'Heartbeat', {}, 'more'], 'RpcFrameworkError'),
    () => json([2, id, 7, {}], 'RpcFrameworkError'),
    () => json([2, id, 'Heartbeat', 'text'], 'ProtocolError'),
    () => json([2, id, 'Heartbeat', []], 'ProtocolError'),
    () => json([2, id, 'MakeCoffee', {}], 'NotImplemented'),
    () => json([2, id, '__proto__', {}], 'NotImplemented'),
    () => json([2, id, 'constructor', {}], 'NotImplemented'),
    () => json([2, id, 'heartbeat', {}], 'NotImplemented'),
    () => json([2, id, 'NotifyPeriodicEventStream', {}], 'NotSupported'),
    () => json([dice.between(7, 99), id, 'Heartbeat', {}], 'MessageTypeNotSupported'),
    () => json([1.5, id, 'Heartbeat', {}], 'RpcFrameworkError'),
    () => json([null, id, 'Heartbeat', {}], 'RpcFrameworkError'),
    () => json([2, id, 'Heartbeat', nested(2000)], 'FormatViolation'),
    () => json([3, id, {}]),
    () => json([4, id, 'GenericError', 'nobody asked', {}]),
    () => json([5, id, 'GenericError', 'nobody asked', {}]),
    () => json([6, id, 'NotifyPeriodicEventStream', {}]),
    () => json([6, id, 'MakeCoffee', { strong: true }]),
  ];
  return dice.pick(kinds)();
}

const letters = [...'{}[]",:0129eE+-.truefalsnu\\ \n\0äß电🔋'];

/** Letters that make no JSON. */
function noise(dice: Chance): string {
  for (;;) {
    const text = Array.from({ length: dice.between(0, 60) }, () => dice.pick(letters)).join('');
    try {
      JSON.parse(text);
    } catch {
      return text;
    }
  }
}

function nested(depth: number): object {
  let it: object = {};
  for (let at = 0; at < depth; at++) it = { deeper: it };
  return it;
}
