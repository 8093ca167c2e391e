import { describeTime } from './describe-time';

const now = Date.parse('2026-11-24T12:00:00Z');

test.each([
  ['2026-11-24T11:59:30Z', 'just now'],
  ['2026-11-24T12:00:20Z', 'just now'],
  ['2026-11-24T11:58:30Z', '1 minute ago'],
  ['2026-11-24T11:01:00Z', '59 minutes ago'],
  ['2026-11-24T10:30:00Z', '1 hour ago'],
  ['2026-11-23T11:00:00Z', '1 day ago'],
  ['2026-11-18T12:00:00Z', '6 days ago'],
  ['2026-11-04T12:00:00Z', 'on 4 Nov 2026'],
])('%s is %s', (time, words) => {
  expect(describeTime(time, now)).toBe(words);
});
