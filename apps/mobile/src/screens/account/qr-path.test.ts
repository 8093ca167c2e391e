import { qrPath } from './qr-path';

test('a link becomes dark squares inside a light frame', () => {
  const { path, size } = qrPath('otpauth://totp/bugdrill:ada%40example.org?secret=JBSWY3DPEHPK3PXP');
  const squares = path.match(/M\d+,\d+h1v1h-1z/g) ?? [];
  expect(squares.join('')).toBe(path);
  const places = squares.map((square) => (square.match(/\d+/g) ?? []).slice(0, 2).map(Number));
  // The finder in the corner begins behind the frame of four.
  expect(places[0]).toEqual([4, 4]);
  for (const place of places.flat()) {
    expect(place).toBeGreaterThanOrEqual(4);
    expect(place).toBeLessThan(size - 4);
  }
});
