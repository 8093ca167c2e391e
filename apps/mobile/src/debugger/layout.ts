import type { StructureOf } from '@/api/types';

type Node = StructureOf<'graph'>['nodes'][number];

/** A node with the place of its middle, in pixels. */
interface PlacedNode extends Node {
  x: number;
  y: number;
}

/** Where everything is; lines and arrow heads are paths of SVG. */
export interface Drawing {
  width: number;
  height: number;
  nodeWidth: number;
  nodes: PlacedNode[];
  /** A word without a box, such as the end of a list. */
  end: { text: string; x: number; y: number } | null;
  lines: string;
  heads: string;
}

export interface Room {
  width: number;
  /** How many lines of names are below each node. */
  labelLines: number;
}

export const nodeHeight = 34;
export const labelHeight = 15;

const characterWidth = 8;
const gap = { beside: 26, below: 12 } as const;
const headLength = 7;
const headSpread = 4;

function widthOf(nodes: readonly (Node | null)[], most = 112): number {
  const longest = Math.max(1, ...nodes.map((node) => node?.text.length ?? 0));
  return Math.min(most, Math.max(nodeHeight, longest * characterWidth + 16));
}

const round = (value: number) => Math.round(value * 10) / 10;

function path(...parts: (string | number)[]): string {
  return parts.map((part) => (typeof part === 'number' ? round(part) : part)).join(' ');
}

/** A triangle with its tip at a point, looking along an angle. */
function head(x: number, y: number, angle: number): string {
  const corner = (side: number) => [
    x - headLength * Math.cos(angle) - side * headSpread * Math.sin(angle),
    y - headLength * Math.sin(angle) + side * headSpread * Math.cos(angle),
  ];
  return path('M', x, y, 'L', ...corner(1), 'L', ...corner(-1), 'Z');
}

const rightwards = 0;
const downwards = Math.PI / 2;

/** Boxes in rows, each with an arrow to the next. */
export function layoutLinkedList(
  { nodes, cycle, is_cut }: StructureOf<'linked_list'>,
  { width, labelLines }: Room,
  nothing: string,
): Drawing {
  const nodeWidth = widthOf(nodes);
  const margin = 14;
  const pitch = nodeWidth + gap.beside;
  const perRow = Math.max(1, Math.floor((width - 2 * margin + gap.beside) / pitch));
  const top = cycle == null ? 0 : gap.below;
  const rowHeight = nodeHeight + labelLines * labelHeight + gap.below + top;
  const place = (index: number) => ({
    x: margin + (index % perRow) * pitch + nodeWidth / 2,
    y: top + Math.floor(index / perRow) * rowHeight + nodeHeight / 2,
  });
  const placed = nodes.map((node, index) => ({ ...node, ...place(index) }));
  const hasEnd = cycle == null;
  const count = nodes.length + (hasEnd ? 1 : 0);
  const lines: string[] = [];
  const heads: string[] = [];
  for (let index = 1; index < count; index += 1) {
    const from = place(index - 1);
    const to = place(index);
    const start = from.x + nodeWidth / 2;
    const tip = to.x - nodeWidth / 2;
    const isSameRow = from.y === to.y;
    const turn = to.y - nodeHeight / 2 - top - gap.below / 2;
    lines.push(
      isSameRow
        ? path('M', start, from.y, 'H', tip - headLength)
        : path('M', start, from.y, 'h', 8, 'V', turn, 'H', 3, 'V', to.y, 'H', tip - headLength),
    );
    heads.push(head(tip, to.y, rightwards));
  }
  const from = placed.at(-1);
  const to = cycle == null ? undefined : placed[cycle];
  if (from && to) {
    const isSameRow = from.y === to.y;
    const start = from.y - nodeHeight / 2;
    const tip = to.y + (isSameRow ? -nodeHeight / 2 : nodeHeight / 2);
    const side = from === to ? nodeWidth / 4 : 0;
    lines.push(
      path(
        'M',
        from.x + side,
        start,
        'V',
        start - 11,
        'H',
        to.x - side,
        'V',
        tip + (isSameRow ? -headLength : headLength),
      ),
    );
    heads.push(head(to.x - side, tip, isSameRow ? downwards : -downwards));
  }
  const last = place(count - 1);
  return {
    width,
    height: last.y + nodeHeight / 2 + labelLines * labelHeight + 2,
    nodeWidth,
    nodes: placed,
    end: hasEnd ? { text: is_cut ? '…' : nothing, ...last } : null,
    lines: lines.join(''),
    heads: heads.join(''),
  };
}

/** A node of a tree with the ids of its children; `undefined` where they are not told. */
export interface TreeLink {
  node: Node;
  left: number | null | undefined;
  right: number | null | undefined;
}

/** Reads level order, where a missing child is null and has no children itself. */
export function childrenOf({ nodes, is_cut }: StructureOf<'tree'>): TreeLink[] {
  const links: TreeLink[] = [];
  let next = 1;
  const child = () => {
    const node = nodes[next];
    next += 1;
    return node === undefined ? (is_cut ? undefined : null) : (node?.id ?? null);
  };
  for (const node of nodes) if (node) links.push({ node, left: child(), right: child() });
  return links;
}

/** Each node in a column of its own, in the order of the values of a search tree, so that left and right are seen. */
export function layoutTree(structure: StructureOf<'tree'>, { width, labelLines }: Room): Drawing {
  const links = new Map(childrenOf(structure).map((link) => [link.node.id, link]));
  const nodeWidth = widthOf(structure.nodes, 72);
  // Between two nodes of a level there is a column of another one.
  const spacing = Math.min(64, Math.max(nodeWidth / 2 + 3, width / Math.max(1, links.size)));
  const levelHeight = nodeHeight + labelLines * labelHeight + gap.below;
  const total = Math.max(width, spacing * (links.size - 1) + nodeWidth);
  const margin = (total - spacing * (links.size - 1)) / 2;
  const placed = new Map<number, PlacedNode>();
  const lines: string[] = [];

  function placeBelow(id: number, level: number): PlacedNode | null {
    const link = links.get(id);
    // A node that is its own descendant is drawn once.
    if (!link || placed.has(id)) return null;
    const node = { ...link.node, x: 0, y: level * levelHeight + nodeHeight / 2 };
    placed.set(id, node);
    const left = link.left == null ? null : placeBelow(link.left, level + 1);
    node.x = margin + column * spacing;
    column += 1;
    const right = link.right == null ? null : placeBelow(link.right, level + 1);
    for (const child of [left, right]) {
      if (child) lines.push(path('M', node.x, node.y, 'L', child.x, child.y));
    }
    return node;
  }

  let column = 0;
  const root = structure.nodes[0];
  if (root) placeBelow(root.id, 0);
  const nodes = [...placed.values()];
  const lowest = Math.max(nodeHeight / 2, ...nodes.map(({ y }) => y));
  const height = lowest + nodeHeight / 2 + labelLines * labelHeight + 2;
  return { width: total, height, nodeWidth, nodes, end: null, lines: lines.join(''), heads: '' };
}

/** Nodes on a circle, in the order of their ids, so that they stay where they are. */
export function layoutGraph({ nodes, edges }: StructureOf<'graph'>, { width, labelLines }: Room): Drawing {
  const wanted = widthOf(nodes, 64);
  const needed = (nodes.length * (wanted + 60)) / (2 * Math.PI);
  const radius =
    nodes.length === 1 ? 0 : Math.max(52, Math.min(needed, (Math.min(width, 420) - wanted) / 2 - 6));
  const share = radius === 0 ? wanted : (2 * Math.PI * radius) / nodes.length - 4;
  const nodeWidth = Math.min(wanted, Math.max(nodeHeight, share));
  const centre = { x: width / 2, y: radius + nodeHeight / 2 };
  const order = [...nodes].sort((a, b) => a.id - b.id);
  const placed = nodes.map((node) => {
    const angle = (order.indexOf(node) / nodes.length) * 2 * Math.PI - Math.PI / 2;
    return { ...node, x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
  });
  const known = new Set(edges.map((edge) => edge.join()));
  const lines: string[] = [];
  const heads: string[] = [];
  for (const [start = 0, stop = 0] of edges) {
    const from = placed[start];
    const to = placed[stop];
    const isBothWays = known.has(`${stop},${start}`);
    if (!from || !to || from === to || (isBothWays && start > stop)) continue;
    lines.push(path('M', from.x, from.y, 'L', to.x, to.y));
    if (isBothWays) continue;
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    // Where the line meets the border of the box.
    const reach = Math.min(
      nodeWidth / 2 / Math.abs(Math.cos(angle) || 1e-9),
      nodeHeight / 2 / Math.abs(Math.sin(angle) || 1e-9),
    );
    heads.push(head(to.x - reach * Math.cos(angle), to.y - reach * Math.sin(angle), angle));
  }
  const height = 2 * radius + nodeHeight + labelLines * labelHeight + 2;
  return { width, height, nodeWidth, nodes: placed, end: null, lines: lines.join(''), heads: heads.join('') };
}
