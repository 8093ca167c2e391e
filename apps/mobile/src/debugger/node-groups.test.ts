import type { Variable } from '@/api/types';
import { groupNodes, type NodeGroup } from './node-groups';
import { recorded } from './recorded/recorded';
import { type Frame, replay } from './replay';

const textsOf = ({ structure }: NodeGroup) => structure.nodes.map((node) => node?.text ?? '-').join(' ');

const labelsOf = ({ structure, labels }: NodeGroup) =>
  Object.fromEntries(
    [...labels].map(([id, names]) => [structure.nodes.find((node) => node?.id === id)?.text, names.join()]),
  );

test('a list that is being reversed is two lists, with each variable at its node', () => {
  const moments = replay(recorded.reverseList.trace.steps);
  const turned = moments.find(
    ({ before, frames: [only] }) =>
      before.has('previous') && only?.variables.get('previous')?.text === '2 → 1',
  );
  const groups = groupNodes(turned?.frames ?? []);
  expect(groups.map((group) => [textsOf(group), labelsOf(group)])).toEqual([
    ['2 1', { 2: 'previous,current', 1: 'head' }],
    ['3 4', { 3: 'following' }],
  ]);
});

test('at first all variables are on the one list', () => {
  const [first] = replay(recorded.reverseList.trace.steps);
  expect(groupNodes(first?.frames ?? []).map(labelsOf)).toEqual([{ 1: 'head' }]);
});

test('in a recursion the whole tree stays, with the node of the call', () => {
  const moments = replay(recorded.treeDiameter.trace.steps);
  const inner = moments.find(({ frames }) => frames.length === 4);
  const [group, ...others] = groupNodes(inner?.frames ?? []);
  expect(others).toEqual([]);
  expect(group && [textsOf(group), labelsOf(group)]).toEqual(['4 -2 7 1 - 6 9 - 3', { 1: 'node' }]);
  // At a leaf's missing child no variable points at a node.
  const leaf = moments.find(({ frames }) => frames.at(-1)?.variables.get('node')?.text === 'None');
  const [whole] = groupNodes(leaf?.frames ?? []);
  expect(whole && [textsOf(whole), labelsOf(whole)]).toEqual(['4 -2 7 1 - 6 9 - 3', {}]);
});

test('in a recursion on two trees both stay, also where one of them has ended', () => {
  const tree = (name: string, id: number, ...texts: string[]): Variable => ({
    name,
    text: `TreeNode(${texts[0]})`,
    structure: { kind: 'tree', nodes: texts.map((text, index) => ({ id: id + index, text })) },
  });
  const frame = (...variables: Variable[]): Frame => ({
    function: 'is_same',
    line: 1,
    variables: new Map(variables.map((variable) => [variable.name, variable])),
  });
  const outer = frame(tree('a', 1, '5', '6'), tree('b', 11, '5', '7'));
  const inner = frame(tree('a', 2, '6'), { name: 'b', text: 'None' });
  const groups = groupNodes([outer, inner]);
  expect(groups.map((group) => [textsOf(group), labelsOf(group)])).toEqual([
    ['5 6', { 6: 'a' }],
    ['5 7', {}],
  ]);
});

test('a tree that the caller knew otherwise is not shown', () => {
  const moments = replay(recorded.treeDiameter.trace.steps);
  const [, outer, inner] = moments.find(({ frames }) => frames.length === 3)?.frames ?? [];
  const node = inner?.variables.get('node');
  if (!outer || !inner || node?.structure?.kind !== 'tree') throw new Error('the recording has no such call');
  const [root, ...below] = node.structure.nodes;
  const cutOff = { ...node, structure: { ...node.structure, nodes: [root ?? null] } };
  expect(below).not.toEqual([]);
  const groups = groupNodes([outer, { ...inner, variables: new Map([['node', cutOff]]) }]);
  expect(groups.map(textsOf)).toEqual(['-2']);
});
