import { describeRest, describeReview, describeTime } from './describe-time';

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

test.each([
  ['2026-11-20T00:00:00Z', 'Review today'],
  ['2026-11-24T12:00:00Z', 'Review today'],
  ['2026-11-25T00:00:00Z', 'Review tomorrow'],
  ['2026-11-25T12:00:00Z', 'Review tomorrow'],
  ['2026-11-26T00:00:00Z', 'Review in 2 days'],
  ['2027-02-22T00:00:00Z', 'Review in 90 days'],
])('what is due from %s on is told as "%s"', (dueAt, words) => {
  expect(describeReview(dueAt, now)).toBe(words);
});

test.each([
  ['2026-11-30T00:00:00Z', 'Ends in 5 days'],
  ['2026-11-26T11:59:59Z', 'Ends in 1 day'],
  ['2026-11-25T12:00:00Z', 'Ends in 1 day'],
  ['2026-11-25T11:59:59Z', 'Ends in 23 hours'],
  ['2026-11-24T13:00:00Z', 'Ends in 1 hour'],
  ['2026-11-24T12:59:59Z', 'Ends in less than an hour'],
  ['2026-11-24T12:00:00Z', 'Ends now'],
  ['2026-11-24T11:00:00Z', 'Ends now'],
  [null, null],
  [undefined, null],
])('what ends at %s is told as "%s"', (endsAt, words) => {
  expect(describeRest(endsAt, now)).toBe(words);
});
