import { shareLinks } from './share-links';

const links = shareLinks('https://drill.example');

test('a day’s challenge is shared by its day', () => {
  expect(links.daily('2026-11-29')).toEqual({
    words: "I fixed today's bug on bugdrill. Can you?",
    url: 'https://drill.example/share/daily/2026-11-29',
  });
});

test('a badge is shared by its id, and called by its name', () => {
  expect(links.badge({ id: 'ten_fixes', name: 'Ten fixes' })).toEqual({
    words: 'I earned “Ten fixes” on bugdrill.',
    url: 'https://drill.example/share/badge/ten_fixes',
  });
});

test('what is in a link can not lead to another page', () => {
  expect(links.badge({ id: '../a b?c#d', name: '' }).url).toBe(
    'https://drill.example/share/badge/..%2Fa%20b%3Fc%23d',
  );
});

test.each(['http://192.168.0.2:8080/', 'http://192.168.0.2:8080'])(
  'the server may be given as %s',
  (origin) => {
    expect(shareLinks(origin).daily('2026-11-29').url).toBe('http://192.168.0.2:8080/share/daily/2026-11-29');
  },
);
