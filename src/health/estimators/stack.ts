import type { Basis } from './basis.ts';
import { asMeant, type Target } from './lesson.ts';
import { type Member, scoreMember } from './members/member.ts';

/** Members with their shares of the estimate; shares add up to one. */
export interface Stack {
  readonly members: readonly {
    readonly name: string;
    readonly target: Target;
    readonly share: number;
    readonly model: Member;
  }[];
}

/** The estimate of each row, and how far apart the members are about it (standard deviation by their shares). */
export interface Estimates {
  readonly value: Float64Array;
  readonly apart: Float64Array;
}

export function estimate({ members }: Stack, basis: Basis): Estimates {
  return together(
    members.map((it) => it.share),
    members.map((it) => estimateOf(it.target, it.model, basis)),
  );
}

export function estimateOf(target: Target, model: Member, basis: Basis): Float64Array {
  return scoreMember(model, basis).map((it, i) => asMeant(target, it, basis.anchor[i]!));
}

export function together(share: readonly number[], parts: readonly Float64Array[]): Estimates {
  const value = mixed(share, parts);
  const apart = new Float64Array(value.length);
  parts.forEach((part, which) => {
    if (share[which] === 0) return;
    for (let i = 0; i < apart.length; i++) apart[i]! += share[which]! * (part[i]! - value[i]!) ** 2;
  });
  return { value, apart: apart.map(Math.sqrt) };
}

function mixed(share: readonly number[], parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts[0]!.length);
  parts.forEach((part, which) => {
    if (share[which] !== 0) for (let i = 0; i < out.length; i++) out[i]! += share[which]! * part[i]!;
  });
  return out;
}

/** Before the first test, the better mode knows what the poorer one does. */
export function fallingBack({ value, apart }: Estimates, poorer: Float64Array | undefined): Estimates {
  if (!poorer) return { value, apart };
  return {
    value: value.map((it, i) => (Number.isFinite(it) ? it : poorer[i]!)),
    apart: apart.map((it) => (Number.isFinite(it) ? it : 0)),
  };
}
