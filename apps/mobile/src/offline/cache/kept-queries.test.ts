import { profileOf } from '@/testing/server';
import { isKept, readKept, writeKept } from './kept-queries';

const day = 86_400_000;
const now = Date.parse('2026-11-30T12:00:00Z');

const kept = (key: unknown[], data: unknown = {}, answeredAt = now) => writeKept({ key, data, answeredAt });

test('content and what is the learner’s own is kept, nothing of others and no secrets', () => {
  const keys = [
    ['patterns'],
    ['snippets', 'stack', 'python'],
    ['snippet', 'two-sum-1'],
    ['daily', 'python'],
    ['learner', 'ada', 'next', 'python'],
    ['learner', 'ada', 'snippet', 'two-sum-1'],
  ];
  for (const key of keys) expect(isKept(key, 'ada')).toBe(true);
  const unkept = [
    ['learner', 'bob', 'next', 'python'],
    ['learner', null, 'next', 'python'],
    ['learner', 'ada', 'sessions'],
    ['learner', 'ada', 'leaderboards', 'weekly'],
    ['trace', 'two-sum-1', {}],
    ['providers'],
  ];
  for (const key of unkept) expect(isKept(key, 'ada')).toBe(false);
  expect(isKept(['learner', null, 'next'], null)).toBe(false);
});

test('the profile is kept without addresses', () => {
  const text = kept(['learner', 'ada', 'profile'], profileOf('ada', { display_name: 'Ada' }));
  expect(text).not.toContain('example.org');
  expect(readKept(text, now)?.data).toMatchObject({ display_name: 'Ada', email: null, identities: [] });
});

test('what is old, of another version or damaged counts as nothing', () => {
  const text = kept(['patterns'], [1]);
  expect(readKept(text, now)).toEqual({ key: ['patterns'], data: [1], answeredAt: now });
  expect(readKept(text, now + 31 * day)).toBeNull();
  expect(readKept(text.replace('"version":1', '"version":0'), now)).toBeNull();
  expect(readKept(text.slice(0, -5), now)).toBeNull();
  expect(readKept('null', now)).toBeNull();
});

test('yesterday’s challenge is forgotten', () => {
  const text = kept(['daily', 'python'], { ends_at: '2026-12-01T00:00:00Z' });
  expect(readKept(text, now)).not.toBeNull();
  expect(readKept(text, now + day)).toBeNull();
});
