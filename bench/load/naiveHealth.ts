// The same model scored as one would write it first: an object for each tree and its nodes, a record for each pack.
import type { Basis, Judge, Member } from '#health/lab';

type Node =
  | { readonly column: string; readonly above: number; readonly yes: Node; readonly no: Node }
  | { readonly answer: number };
type Pack = Readonly<Record<string, number>>;

/** @returns what says the estimate and half width of one pack of the basis */
export function naively({ stack, interval }: Judge, basis: Basis): (pack: number) => { value: number; half: number } {
  const members = stack.members.map((it) => ({ share: it.share, target: it.target, score: scorerOf(it.model) }));
  const spread = scorerOf(interval.spread);
  return (i) => {
    const pack: Record<string, number> = {};
    basis.columns.forEach((name, column) => {
      pack[name] = basis.x[column * basis.rows + i]!;
    });
    const said = members.map((it) => ({ share: it.share, value: it.score(pack) }));
    const value = said.reduce((sum, it) => sum + it.share * it.value, 0);
    const apart = Math.sqrt(said.reduce((sum, it) => sum + it.share * (it.value - value) ** 2, 0));
    const doubt = {
      cycles: Math.abs(pack.cycles!),
      'log cycles': Math.abs(pack['log cycles']!),
      apart,
      'log apart': Math.log(apart + 1e-4),
      estimate: value,
      constant: 1,
    };
    return { value, half: interval.factor * Math.max(interval.least, spread(doubt)) };
  };
}

function scorerOf(member: Member): (pack: Pack) => number {
  if (member.kind === 'as it is') return (pack) => pack[member.columns[0]!]!;
  if (member.kind === 'boost') {
    const trees = Array.from({ length: member.feature.length / member.depth }, (_, tree) => nodeOf(member, tree, 0, 0));
    return (pack) => trees.reduce((sum, tree) => sum + answerOf(tree, pack), member.base);
  }
  const { scale } = member;
  const scaled = (pack: Pack) =>
    member.columns.map((name, k) => {
      const value = Math.min(scale.high[k]!, Math.max(scale.low[k]!, pack[name]!));
      return (value - scale.middle[k]!) / scale.spread[k]!;
    });
  if (member.kind === 'ridge')
    return (pack) => scaled(pack).reduce((sum, it, k) => sum + it * member.slope[k]!, member.base);
  const many = member.columns.length;
  const inducing = member.weight.map((weight, k) => ({ weight, z: member.inducing.slice(k * many, (k + 1) * many) }));
  return (pack) => {
    const z = scaled(pack);
    return inducing.reduce((sum, it) => {
      const apart = it.z.reduce((all, b, k) => all + (z[k]! - b) ** 2, 0);
      const product = it.z.reduce((all, b, k) => all + z[k]! * b, 0);
      const like = Math.exp(-apart / (2 * member.length ** 2 * many)) + (member.linear / many) * product;
      return sum + it.weight * like;
    }, member.base);
  };
}

function nodeOf(member: Extract<Member, { kind: 'boost' }>, tree: number, level: number, leaf: number): Node {
  const { depth, feature, threshold, columns } = member;
  if (level === depth) return { answer: member.leaf[tree * (1 << depth) + leaf]! };
  return {
    column: columns[feature[tree * depth + level]!]!,
    above: threshold[tree * depth + level]!,
    yes: nodeOf(member, tree, level + 1, leaf | (1 << level)),
    no: nodeOf(member, tree, level + 1, leaf),
  };
}

function answerOf(node: Node, pack: Pack): number {
  return 'answer' in node ? node.answer : answerOf(pack[node.column]! > node.above ? node.yes : node.no, pack);
}
