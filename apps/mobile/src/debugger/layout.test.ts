import type { StructureOf } from '@/api/types';
import { childrenOf, type Drawing, layoutGraph, layoutLinkedList, layoutTree, nodeHeight } from './layout';

const nodes = (...texts: (string | null)[]) =>
  texts.map((text, index) => (text === null ? null : { id: index + 1, text }));
const present = (...texts: string[]) => texts.map((text, index) => ({ id: index + 1, text }));
const room = { width: 358, labelLines: 1 };
const of = (text: string, { nodes: placed }: Drawing) => {
  const found = placed.find((node) => node.text === text);
  if (!found) throw new Error(`no node ${text}`);
  return found;
};

function overlapping({ nodes: placed, nodeWidth }: Drawing): boolean {
  return placed.some((one, index) =>
    placed
      .slice(index + 1)
      .some((other) => Math.abs(one.x - other.x) < nodeWidth && Math.abs(one.y - other.y) < nodeHeight),
  );
}

describe('a linked list', () => {
  const many: StructureOf<'linked_list'> = {
    kind: 'linked_list',
    nodes: present(...Array.from({ length: 40 }, (_, index) => `${index}`)),
  };

  test('is wrapped within its room', () => {
    const drawing = layoutLinkedList(many, room, 'None');
    expect(overlapping(drawing)).toBe(false);
    expect(Math.max(...drawing.nodes.map(({ x }) => x + drawing.nodeWidth / 2))).toBeLessThanOrEqual(358);
    expect(Math.max(...drawing.nodes.map(({ y }) => y))).toBeLessThan(drawing.height);
    expect(drawing.end?.text).toBe('None');
  });

  test('goes on when it is cut, and has no end when it is a cycle', () => {
    expect(layoutLinkedList({ ...many, is_cut: true }, room, 'None').end?.text).toBe('…');
    const cycle = layoutLinkedList({ ...many, cycle: 3 }, room, 'None');
    expect(cycle.end).toBeNull();
    // One arrow to each next node, and one back.
    expect(cycle.heads.match(/M/g)).toHaveLength(40);
  });

  test('a node that points at itself has an arrow', () => {
    const drawing = layoutLinkedList({ kind: 'linked_list', nodes: present('1'), cycle: 0 }, room, 'None');
    expect(drawing.heads.match(/M/g)).toHaveLength(1);
  });
});

describe('a tree', () => {
  const tree: StructureOf<'tree'> = {
    kind: 'tree',
    nodes: nodes('4', '-2', '7', '1', null, '6', '9', null, '3'),
  };

  test('level order is read with its gaps', () => {
    expect(childrenOf(tree).map(({ node, left, right }) => [node.id, left, right])).toEqual([
      [1, 2, 3],
      [2, 4, null],
      [3, 6, 7],
      [4, null, 9],
      [6, null, null],
      [7, null, null],
      [9, null, null],
    ]);
    expect(childrenOf({ kind: 'tree', nodes: nodes('1'), is_cut: true })[0]?.left).toBeUndefined();
  });

  test('what is left is on the left, also of a node with one child', () => {
    const drawing = layoutTree(tree, room);
    expect(of('-2', drawing).x).toBeLessThan(of('4', drawing).x);
    expect(of('7', drawing).x).toBeGreaterThan(of('4', drawing).x);
    expect(of('3', drawing).x).toBeGreaterThan(of('1', drawing).x);
    expect(of('3', drawing).x).toBeLessThan(of('-2', drawing).x);
    expect(of('6', drawing).y).toBe(of('9', drawing).y);
    expect(overlapping(drawing)).toBe(false);
    expect(drawing.lines.match(/M/g)).toHaveLength(6);
  });

  test('forty nodes in a row of children stay apart', () => {
    const chain = Array.from({ length: 40 }, (_, index) => [`${index}`, null]).flat();
    const drawing = layoutTree({ kind: 'tree', nodes: nodes(...chain) }, room);
    expect(drawing.nodes).toHaveLength(40);
    expect(overlapping(drawing)).toBe(false);
  });

  test('the nodes of a full tree stay apart', () => {
    const full = Array.from({ length: 31 }, (_, index) => `${index + 100}`);
    expect(overlapping(layoutTree({ kind: 'tree', nodes: nodes(...full) }, room))).toBe(false);
  });

  test('ids that learners’ code repeats end the drawing, not the app', () => {
    const repeated = [1, 2, 1, 2, 1].map((id) => ({ id, text: `${id}` }));
    expect(layoutTree({ kind: 'tree', nodes: repeated }, room).nodes.length).toBeLessThanOrEqual(2);
  });
});

describe('a graph', () => {
  const graph: StructureOf<'graph'> = {
    kind: 'graph',
    nodes: present('a', 'b', 'c'),
    edges: [
      [0, 1],
      [1, 0],
      [1, 2],
    ],
  };

  test('an edge both ways is one line, one way it is an arrow', () => {
    const drawing = layoutGraph(graph, room);
    expect(drawing.lines.match(/M/g)).toHaveLength(2);
    expect(drawing.heads.match(/M/g)).toHaveLength(1);
    expect(overlapping(drawing)).toBe(false);
  });

  test('nodes stay where they are, whichever comes first', () => {
    const [a, b, c] = graph.nodes;
    if (!a || !b || !c) throw new Error('three nodes');
    const other = layoutGraph({ ...graph, nodes: [c, b, a] }, room);
    expect(of('a', other)).toEqual(of('a', layoutGraph(graph, room)));
  });

  test('many nodes share the circle within the room', () => {
    const many = present(...Array.from({ length: 24 }, (_, index) => `city ${index}`));
    const { nodes: placed, nodeWidth } = layoutGraph({ kind: 'graph', nodes: many, edges: [] }, room);
    const edge = (side: number) => placed.map(({ x }) => x + (side * nodeWidth) / 2);
    expect(Math.min(...edge(-1))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...edge(1))).toBeLessThanOrEqual(room.width);
  });

  test('edges to nowhere are left out', () => {
    expect(layoutGraph({ ...graph, edges: [[0, 99], [7]] }, room).lines).toBe('');
  });
});
