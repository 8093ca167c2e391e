import { answeringOperations, callOutcomes } from './call-outcomes';

const test1 = { calls: [['MinStack'], ['push', 1], ['push', 2], ['top']], expected: [null, null, null, 2] };
const empty = { calls: [['MinStack'], ['top']], expected: [null, null] };
const answering = answeringOperations([test1, empty]);

test('each call has its own outcome, and only what answers has values', () => {
  expect(callOutcomes(test1, [null, null, null, 1], answering, 'python')).toEqual([
    { call: 'MinStack()', expected: null, actual: null, isDifferent: false },
    { call: 'push(1)', expected: null, actual: null, isDifferent: false },
    { call: 'push(2)', expected: null, actual: null, isDifferent: false },
    { call: 'top()', expected: '2', actual: '1', isDifferent: true },
  ]);
});

test('a null is an answer of an operation that answers elsewhere', () => {
  expect(callOutcomes(empty, [null, null], answering, 'javascript')?.at(1)).toEqual({
    call: 'top()',
    expected: 'null',
    actual: 'null',
    isDifferent: false,
  });
});

test('a value of a call that should return nothing is shown', () => {
  const outcomes = callOutcomes(test1, [null, true, null, 2], answering, 'python');
  expect(outcomes?.at(1)).toEqual({ call: 'push(1)', expected: 'None', actual: 'True', isDifferent: true });
});

test('without an answer of the code only the expected values are known', () => {
  expect(callOutcomes(empty, undefined, answering, 'python')?.at(1)).toEqual({
    call: 'top()',
    expected: 'None',
    actual: null,
    isDifferent: false,
  });
});

test('values that do not belong to the calls one by one are left alone', () => {
  expect(callOutcomes(test1, [1], answering, 'python')).toBeNull();
  expect(callOutcomes({ calls: null, expected: 3 }, 3, answering, 'python')).toBeNull();
});
