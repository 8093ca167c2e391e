import type { StructureOf, Variable } from '@/api/types';
import { childrenOf } from './layout';
import type { Frame } from './replay';

export type NodeStructure = StructureOf<'linked_list' | 'tree' | 'graph'>;

/** Nodes that hang together, drawn once, with the variables that point at them. */
export interface NodeGroup {
  structure: NodeStructure;
  /** The names of the variables that point at each node, by its id. */
  labels: ReadonlyMap<number, readonly string[]>;
  /** Of all variables that point at one of the nodes. */
  variables: readonly Variable[];
}

interface Rooted {
  variable: Variable;
  structure: NodeStructure;
  id: number;
}

function rooted(variable: Variable): Rooted[] {
  const { structure } = variable;
  if (!structure || structure.kind === 'list') return [];
  const first = structure.nodes[0];
  return first ? [{ variable, structure, id: first.id }] : [];
}

const holds = ({ nodes }: NodeStructure, id: number) => nodes.some((node) => node?.id === id);

const isPartOf = (root: Rooted, { structure, id }: Rooted) =>
  root.structure.kind === structure.kind && holds(root.structure, id);

/** What was told of an outer frame's tree may have changed since. */
function agrees(whole: NodeStructure, part: NodeStructure): boolean {
  if (whole.kind !== 'tree' || part.kind !== 'tree' || whole.is_cut || part.is_cut) return false;
  const known = new Map(childrenOf(whole).map((link) => [link.node.id, JSON.stringify(link)]));
  return childrenOf(part).every((link) => known.get(link.node.id) === JSON.stringify(link));
}

/**
 * The linked lists, trees and graphs that the last of the frames knows. What is part of another is drawn there. In a
 * recursion on trees those are the ones with which it began, which stay in sight at their leaves.
 */
export function groupNodes(frames: readonly Frame[]): NodeGroup[] {
  const frame = frames.at(-1);
  const own = [...(frame?.variables.values() ?? [])].flatMap(rooted);
  const beginning = frames.slice(0, -1).find((outer) => outer.function === frame?.function);
  const trees = [...(beginning?.variables.values() ?? [])]
    .flatMap(rooted)
    .filter(({ structure }) => structure.kind === 'tree')
    .filter((tree) => own.every((one) => !isPartOf(tree, one) || agrees(tree.structure, one.structure)));
  const largestFirst = [...trees, ...own].sort((a, b) => b.structure.nodes.length - a.structure.nodes.length);
  const roots: Rooted[] = [];
  for (const candidate of largestFirst)
    if (!roots.some((root) => isPartOf(root, candidate))) roots.push(candidate);

  const rest = new Set(own);
  return roots.map((root) => {
    const members = [...rest].filter((one) => isPartOf(root, one));
    const labels = new Map<number, string[]>();
    for (const member of members) {
      rest.delete(member);
      labels.set(member.id, [...(labels.get(member.id) ?? []), member.variable.name]);
    }
    return { structure: root.structure, labels, variables: members.map(({ variable }) => variable) };
  });
}
